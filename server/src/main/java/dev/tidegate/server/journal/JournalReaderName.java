package dev.tidegate.server.journal;

/** Who reads the journal; a segment is deleted when all of them have passed it. */
public enum JournalReaderName {
    EVIDENCE("evidence"),
    PREDICTION_LOG("prediction log");

    private final String text;

    JournalReaderName(String text) {
        this.text = text;
    }

    /** Returns the name under which the reader's offset is stored. */
    public String text() {
        return text;
    }
}
