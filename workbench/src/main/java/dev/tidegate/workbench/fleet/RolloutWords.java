package dev.tidegate.workbench.fleet;

import dev.tidegate.workbench.theme.Tone;

/** The states of a rollout in words and tones, the same on every screen. */
public final class RolloutWords {
    private RolloutWords() {}

    /** The state's name for people, as "waits for approval". */
    public static String state(String state) {
        return switch (state) {
            case "DRAFT" -> "draft";
            case "REPLAYING" -> "replaying";
            case "RUNNING" -> "running";
            case "HOLDING" -> "on hold";
            case "AWAITING_APPROVAL" -> "waits for approval";
            case "PROMOTED" -> "promoted";
            case "ROLLED_BACK" -> "rolled back";
            case "ABORTED" -> "aborted";
            default -> state;
        };
    }

    public static Tone tone(String state) {
        return switch (state) {
            case "RUNNING", "DRAFT", "REPLAYING" -> Tone.CALM;
            case "HOLDING", "AWAITING_APPROVAL" -> Tone.WATCH;
            case "PROMOTED" -> Tone.GOOD;
            case "ROLLED_BACK" -> Tone.BAD;
            default -> Tone.UNKNOWN;
        };
    }

    public static boolean isOver(String state) {
        return switch (state) {
            case "PROMOTED", "ROLLED_BACK", "ABORTED" -> true;
            default -> false;
        };
    }
}
