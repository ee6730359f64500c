package dev.tidegate.server.journal;

/**
 * A place in one boot's journal, between two records.
 *
 * @param segment number of the segment, from 0
 * @param position bytes from the segment's start; 0 stands for before its first record
 */
public record JournalOffset(long segment, long position) implements Comparable<JournalOffset> {
    /** Before everything. */
    public static final JournalOffset START = new JournalOffset(0, 0);

    public JournalOffset {
        if (segment < 0 || position < 0) {
            throw new IllegalArgumentException(
                    "journal offset "
                            + segment
                            + ":"
                            + position
                            + ": expected both parts at least 0");
        }
    }

    @Override
    public int compareTo(JournalOffset other) {
        int bySegment = Long.compare(segment, other.segment);
        return bySegment != 0 ? bySegment : Long.compare(position, other.position);
    }

    @Override
    public String toString() {
        return segment + ":" + position;
    }
}
