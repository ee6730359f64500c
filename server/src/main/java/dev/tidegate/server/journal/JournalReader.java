package dev.tidegate.server.journal;

import java.util.function.Consumer;

/** Reads one boot's records in the order in which they were claimed. */
public final class JournalReader {
    private final SegmentSource source;

    JournalReader(SegmentSource source) {
        this.source = source;
    }

    /** Returns whether the journal's process still runs. */
    public boolean isLive() {
        return source.isLive();
    }

    /**
     * Visits records from an offset on, until the budget is spent or no further record is there. In
     * a live journal a record that is claimed and not published ends the reading; in a dead one it
     * is torn and passed over.
     *
     * @param from where to begin
     * @param budget how much to pass at most
     * @param visitor gets each sound record; it must not keep it
     */
    public JournalStretch read(
            JournalOffset from, JournalBudget budget, Consumer<JournalRecord> visitor) {
        JournalCursor cursor = new JournalCursor(source, from, visitor);
        boolean more = true;
        while (more && cursor.isWithin(budget)) {
            more = cursor.advance();
        }
        return cursor.stretch();
    }
}
