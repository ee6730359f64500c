package dev.tidegate.server.journal;

/**
 * How much one reading may pass; the record that reaches a bound is the last.
 *
 * @param records most records
 * @param bytes most bytes of records
 */
public record JournalBudget(long records, long bytes) {
    /** No bound. */
    public static final JournalBudget ALL = new JournalBudget(Long.MAX_VALUE, Long.MAX_VALUE);

    public JournalBudget {
        if (records < 1 || bytes < 1) {
            throw new IllegalArgumentException(
                    "journal budget of %d records and %d bytes: expected at least 1 of both"
                            .formatted(records, bytes));
        }
    }
}
