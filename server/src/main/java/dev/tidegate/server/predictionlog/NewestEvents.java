package dev.tidegate.server.predictionlog;

import dev.tidegate.server.journal.ArmEvent;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.UUID;

/** Keeps the newest predictions that it is shown, so many of them and so many bytes of messages. */
final class NewestEvents {
    private static final Comparator<ArmEvent> BY_ID =
            Comparator.comparing(ArmEvent::predictionId, IdOrder.ASCENDING);

    static final Comparator<ArmEvent> NEWEST_FIRST = BY_ID.reversed();

    private final int limit;
    private final long mostBytes;
    private final PriorityQueue<ArmEvent> oldestFirst = new PriorityQueue<>(BY_ID);
    private long bytes;

    /** The newest that was given up: what is older cannot be among the newest either. */
    private UUID floor = new UUID(0, 0);

    /**
     * @param mostBytes of messages; one prediction is kept whatever it has
     */
    NewestEvents(int limit, long mostBytes) {
        this.limit = limit;
        this.mostBytes = mostBytes;
    }

    void add(ArmEvent event) {
        if (!canUse(event.predictionId())) {
            return;
        }
        oldestFirst.add(event);
        bytes += bytes(event);
        while (oldestFirst.size() > limit || (bytes > mostBytes && oldestFirst.size() > 1)) {
            ArmEvent oldest = oldestFirst.remove();
            bytes -= bytes(oldest);
            floor = oldest.predictionId();
        }
    }

    private static long bytes(ArmEvent event) {
        return (long) event.request().bytes().length + event.response().bytes().length;
    }

    /** Returns whether a prediction with this id would be kept. */
    boolean canUse(UUID id) {
        ArmEvent oldest = oldestFirst.peek();
        return IdOrder.compare(id, floor) > 0
                && (oldest == null
                        || oldestFirst.size() < limit
                        || IdOrder.compare(id, oldest.predictionId()) > 0);
    }

    /** Returns the id behind which one must be to be kept. */
    UUID floor() {
        ArmEvent oldest = oldestFirst.peek();
        return oldest == null || oldestFirst.size() < limit ? floor : oldest.predictionId();
    }

    List<ArmEvent> newestFirst() {
        return oldestFirst.stream().sorted(NEWEST_FIRST).toList();
    }
}
