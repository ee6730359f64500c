package dev.tidegate.server.inference;

import java.util.ArrayList;
import java.util.List;

/** Which requests are one run. */
final class BatchGroup {
    private BatchGroup() {}

    /**
     * Takes the first out, and those that can run with it.
     *
     * @param first one of those left, before all that can run with it
     * @param left in the order in which they came; those not taken stay in order
     * @param share rows to take at most, whatever the version's settings say
     * @param most rows in one run where the version's settings say nothing
     * @param limit how long one run may take by what the version's runs took, nanoseconds
     */
    static List<Attempt> take(Attempt first, List<Attempt> left, int share, int most, long limit) {
        long room = room(first, share, most, limit) - first.rows();
        List<Attempt> group = new ArrayList<>();
        int kept = 0;
        for (Attempt attempt : left) {
            if (attempt == first) {
                group.add(attempt);
            } else if (room > 0 && isMate(first, attempt) && attempt.rows() <= room) {
                group.add(attempt);
                room -= attempt.rows();
            } else {
                left.set(kept++, attempt);
            }
        }
        left.subList(kept, left.size()).clear();
        return group;
    }

    /**
     * Returns whether the first can get no more mates than are there.
     *
     * @param queue where it is, before all that can run with it
     * @param most rows in one run where the version's settings say nothing
     * @param limit how long one run may take by what the version's runs took, nanoseconds
     */
    static boolean isFull(Attempt first, List<Attempt> queue, int most, long limit) {
        long room = room(first, Integer.MAX_VALUE, most, limit);
        for (Attempt attempt : queue) {
            if (attempt == first || isMate(first, attempt)) {
                room -= attempt.rows();
            }
        }
        return room <= 0;
    }

    /** Returns whether two requests can be one run. */
    static boolean isMate(Attempt first, Attempt other) {
        return first.rows() > 0 && other.rows() > 0 && first.runsWith(other);
    }

    /** Returns how many rows keep one run within its limits; none when it must run alone. */
    private static long room(Attempt first, int share, int most, long limit) {
        long perRow = Math.max(1, first.version().runTimes().p95());
        int rows = Math.min(share, first.version().version().settings().maxBatch().orElse(most));
        return first.version().isBatchable() ? Math.clamp(limit / perRow, 1, rows) : 0;
    }
}
