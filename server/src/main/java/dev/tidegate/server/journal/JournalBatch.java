package dev.tidegate.server.journal;

import org.jdbi.v3.core.Handle;

/** What a reader makes of one stretch of records. */
public interface JournalBatch {
    /** Takes a record; it must not be kept. */
    void add(JournalRecord record);

    /**
     * Writes what was made of the records, in the transaction that moves the reader's offset.
     *
     * @param lost events that were lost since the last delivery: not appended, or damaged
     */
    void write(Handle tx, JournalStretch stretch, long lost);

    /** Returns whether a delivery in which nothing happened is written too. */
    default boolean takesEmptyStretches() {
        return false;
    }
}
