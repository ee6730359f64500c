package dev.tidegate.server.rollout;

/** What a rollout waits for, in words that the interface promises. */
final class WaitingWords {
    private WaitingWords() {}

    static String of(RampDecision.Waiting waiting) {
        return switch (waiting) {
            case MINIMUM_TIME -> "minimum time";
            case MINIMUM_UNITS -> "minimum units";
            case EVIDENCE -> "evidence";
            case SUFFICIENT_EVIDENCE -> "sufficient evidence";
        };
    }
}
