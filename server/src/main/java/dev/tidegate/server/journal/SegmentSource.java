package dev.tidegate.server.journal;

import org.jspecify.annotations.Nullable;

/** Where a reader finds the segments of one boot. */
interface SegmentSource {
    /** Returns the segment with this number, or null when there is none (yet). */
    @Nullable Segment segment(long number);

    /** Whether somebody may still write: then a claimed record is waited for, else it is torn. */
    boolean isLive();

    /** Returns the number of the newest segment that may hold records. */
    long newest();
}
