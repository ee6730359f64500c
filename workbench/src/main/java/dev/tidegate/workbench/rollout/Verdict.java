package dev.tidegate.workbench.rollout;

import dev.tidegate.workbench.theme.Tone;

/** What the gate says about one guardrail. */
public enum Verdict {
    SAFE("safe", Tone.GOOD),
    HARMFUL("harmful", Tone.BAD),
    KEEP_COLLECTING("keep collecting", Tone.CALM),
    INSUFFICIENT("insufficient", Tone.UNKNOWN);

    private final String word;
    private final Tone tone;

    Verdict(String word, Tone tone) {
        this.word = word;
        this.tone = tone;
    }

    /**
     * The verdict of that name; one that this workbench does not know is never taken for evidence.
     */
    static Verdict of(String name) {
        return switch (name) {
            case "SAFE" -> SAFE;
            case "HARMFUL" -> HARMFUL;
            case "KEEP_COLLECTING" -> KEEP_COLLECTING;
            default -> INSUFFICIENT;
        };
    }

    public String word() {
        return word;
    }

    public Tone tone() {
        return tone;
    }
}
