package dev.tidegate.server.stats;

/**
 * Why the evidence cannot be judged.
 *
 * @param code a stable word, for example {@code sample_ratio}
 * @param detail one sentence for a person
 */
public record Insufficiency(String code, String detail) {
    public static final String SAMPLE_RATIO = "sample_ratio";
    public static final String NO_UNITS = "no_units";

    public Insufficiency {
        if (code.isBlank() || detail.isBlank()) {
            throw new IllegalArgumentException(
                    "insufficiency '" + code + "': '" + detail + "', expected both words");
        }
    }

    /** Returns the code and the sentence, for example {@code no_units: no unit of an arm yet}. */
    public String text() {
        return code + ": " + detail;
    }
}
