package dev.tidegate.server.predictionlog;

import java.util.Comparator;
import java.util.UUID;

/** Ids in the order of their bytes, which is PostgreSQL's and that of time. */
final class IdOrder {
    static final Comparator<UUID> ASCENDING = IdOrder::compare;

    private IdOrder() {}

    static int compare(UUID one, UUID other) {
        int high =
                Long.compareUnsigned(one.getMostSignificantBits(), other.getMostSignificantBits());
        return high != 0
                ? high
                : Long.compareUnsigned(
                        one.getLeastSignificantBits(), other.getLeastSignificantBits());
    }

    /** Returns the next larger id. */
    static UUID after(UUID id) {
        long low = id.getLeastSignificantBits() + 1;
        return new UUID(id.getMostSignificantBits() + (low == 0 ? 1 : 0), low);
    }

    /** Returns the next smaller id. */
    static UUID before(UUID id) {
        long low = id.getLeastSignificantBits();
        return new UUID(id.getMostSignificantBits() - (low == 0 ? 1 : 0), low - 1);
    }
}
