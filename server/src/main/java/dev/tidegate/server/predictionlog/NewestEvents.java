package dev.tidegate.server.predictionlog;

import dev.tidegate.server.journal.ArmEvent;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.UUID;

/** Keeps the newest predictions that it is shown. */
final class NewestEvents {
    private static final Comparator<ArmEvent> BY_ID =
            Comparator.comparing(ArmEvent::predictionId, IdOrder.ASCENDING);

    static final Comparator<ArmEvent> NEWEST_FIRST = BY_ID.reversed();

    private final int limit;
    private final PriorityQueue<ArmEvent> oldestFirst = new PriorityQueue<>(BY_ID);

    NewestEvents(int limit) {
        this.limit = limit;
    }

    void add(ArmEvent event) {
        if (canUse(event.predictionId())) {
            oldestFirst.add(event);
            if (oldestFirst.size() > limit) {
                oldestFirst.remove();
            }
        }
    }

    /** Returns whether a prediction with this id would be kept. */
    boolean canUse(UUID id) {
        ArmEvent oldest = oldestFirst.peek();
        return oldest == null
                || oldestFirst.size() < limit
                || IdOrder.compare(id, oldest.predictionId()) > 0;
    }

    List<ArmEvent> newestFirst() {
        return oldestFirst.stream().sorted(NEWEST_FIRST).toList();
    }
}
