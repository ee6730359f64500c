package dev.tidegate.workbench.batch;

import dev.tidegate.workbench.theme.Tone;

/** Where a job stands. */
enum BatchState {
    QUEUED("waiting", Tone.CALM),
    RUNNING("running", Tone.CALM),
    SUCCEEDED("done", Tone.GOOD),
    FAILED("failed", Tone.BAD),
    CANCELLED("cancelled", Tone.UNKNOWN),
    UNKNOWN("unknown", Tone.UNKNOWN);

    private final String words;
    private final Tone tone;

    BatchState(String words, Tone tone) {
        this.words = words;
        this.tone = tone;
    }

    String words() {
        return words;
    }

    Tone tone() {
        return tone;
    }

    boolean hasEnded() {
        return switch (this) {
            case QUEUED, RUNNING -> false;
            case SUCCEEDED, FAILED, CANCELLED, UNKNOWN -> true;
        };
    }
}
