package dev.tidegate.workbench.rollout;

import dev.tidegate.workbench.control.ActionState;
import dev.tidegate.workbench.control.Figures;
import dev.tidegate.workbench.fleet.RolloutWords;
import java.util.Optional;
import java.util.Set;

/** What the three buttons say and whether the server would accept them. */
record RolloutActions(
        ActionState rollBack, ActionState hold, boolean resumes, ActionState approve) {
    /** The commands of the buttons. */
    enum Command {
        ROLL_BACK,
        HOLD,
        APPROVE
    }

    /**
     * @param pending the commands that the server has not answered yet; rolling back waits for no
     *     other one
     * @param unreachable why nothing can be sent at all, if so
     */
    static RolloutActions of(Rollout rollout, Set<Command> pending, Optional<String> unreachable) {
        boolean resumes = rollout.state().equals("HOLDING");
        return new RolloutActions(
                state(rollout, "roll_back", rollBackWords(rollout), unreachable)
                        .withBusy(pending.contains(Command.ROLL_BACK)),
                waiting(
                        state(
                                rollout,
                                resumes ? "resume" : "hold",
                                holdWords(rollout, resumes),
                                unreachable),
                        Command.HOLD,
                        pending),
                resumes,
                waiting(
                        state(rollout, "approve", approveWords(rollout), unreachable),
                        Command.APPROVE,
                        pending));
    }

    private static ActionState waiting(ActionState state, Command command, Set<Command> pending) {
        if (pending.contains(command)) {
            return state.withBusy(true);
        }
        return pending.isEmpty() || !state.isEnabled()
                ? state
                : ActionState.refused(
                        state.words(), "The server has not answered the last command yet");
    }

    private static String rollBackWords(Rollout rollout) {
        return "Roll back " + rollout.model() + " to " + rollout.champion() + " now";
    }

    private static String holdWords(Rollout rollout, boolean resumes) {
        return resumes
                ? "Resume " + rollout.model()
                : "Hold at " + Figures.percent(rollout.weight());
    }

    /** What an approval lets in: the next step of the plan. */
    static String approveWords(Rollout rollout) {
        int next = rollout.step() + 1;
        if (next >= 0 && next < rollout.plan().steps().size()) {
            Plan.Step step = rollout.plan().steps().get(next);
            if (step.hold()) {
                return "Approve (the plan stays at " + Figures.percent(step.weight()) + ")";
            }
            return step.promote()
                    ? "Promote " + rollout.candidate() + " to 100 %"
                    : "Approve " + Figures.percent(step.weight());
        }
        return "Approve " + rollout.candidate();
    }

    private static ActionState state(
            Rollout rollout, String name, String words, Optional<String> unreachable) {
        if (unreachable.isPresent()) {
            return ActionState.refused(words, unreachable.get());
        }
        return rollout.action(name)
                .map(
                        action ->
                                action.allowed()
                                        ? ActionState.allowed(words)
                                        : ActionState.refused(words, reason(action, rollout)))
                .orElseGet(
                        () ->
                                ActionState.refused(
                                        words,
                                        "Not possible while the rollout is "
                                                + RolloutWords.state(rollout.state())));
    }

    private static String reason(Rollout.Action action, Rollout rollout) {
        return action.reason().isEmpty()
                ? "Not possible while the rollout is " + RolloutWords.state(rollout.state())
                : action.reason();
    }
}
