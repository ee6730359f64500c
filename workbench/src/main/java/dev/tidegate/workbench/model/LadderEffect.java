package dev.tidegate.workbench.model;

/** What a new ladder changes, in sentences. */
final class LadderEffect {
    private LadderEffect() {}

    static String of(Ladder now, LadderDraft next) {
        if (next.isSame(now)) {
            return "Nothing changes: " + standingIn(now.draft());
        }
        return "%s Until now: %s. What %s answers, and what a rollout learns, stays as it is. It holds here at once and on the other replicas within a second.%s"
                .formatted(
                        standingIn(next),
                        now.draft().words(),
                        now.champion(),
                        next.version().isEmpty() || next.version().equals(now.version())
                                ? ""
                                : " %s is brought into memory on every replica and stays there."
                                        .formatted(next.version()));
    }

    private static String standingIn(LadderDraft draft) {
        return draft.words().equals("nobody")
                ? "A request that the champion does not answer fails with its error."
                : "A request that the champion fails on, has no thread for, or leaves unfinished at three quarters of its deadline is answered by %s; only when none of them can, it fails."
                        .formatted(draft.words());
    }

    /** Returns what the button says. */
    static String action(String model, LadderDraft next) {
        return next.words().equals("nobody")
                ? "Let nobody stand in for " + model
                : "Let %s stand in for %s".formatted(aside(next), model);
    }

    /** Returns the words as they stand within a sentence. */
    private static String aside(LadderDraft next) {
        return next.words().contains(",") ? next.words() + "," : next.words();
    }
}
