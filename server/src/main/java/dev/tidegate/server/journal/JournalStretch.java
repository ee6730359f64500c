package dev.tidegate.server.journal;

/**
 * What one reading passed over.
 *
 * @param from where it began
 * @param to where it ended: before the first record that was not passed
 * @param records records visited
 * @param bytes bytes of these records
 * @param torn records claimed by a process that was killed before it published them, so that no
 *     client had an answer
 * @param corrupt places whose checksum or chain is broken: lost records
 */
public record JournalStretch(
        JournalOffset from, JournalOffset to, long records, long bytes, long torn, long corrupt) {

    /** Returns whether nothing at all was passed. */
    public boolean isEmpty() {
        return from.equals(to);
    }

    /** Returns whether the reading ended because of its budget. */
    public boolean hasSpent(JournalBudget budget) {
        return records >= budget.records() || bytes >= budget.bytes();
    }
}
