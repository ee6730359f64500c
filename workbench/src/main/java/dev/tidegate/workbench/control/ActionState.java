package dev.tidegate.workbench.control;

/**
 * What a button says and whether it may be pressed.
 *
 * @param words target and effect, as "Roll back churn to v1 now"
 * @param reason why it may not be pressed; empty when it may
 */
public record ActionState(String words, String reason, boolean busy) {
    public static ActionState allowed(String words) {
        return new ActionState(words, "", false);
    }

    public static ActionState refused(String words, String reason) {
        return new ActionState(words, reason, false);
    }

    public ActionState withBusy(boolean isBusy) {
        return new ActionState(words, reason, isBusy);
    }

    public boolean isEnabled() {
        return reason.isEmpty() && !busy;
    }
}
