package dev.tidegate.server.rollout;

import dev.tidegate.server.identity.Principal;
import dev.tidegate.server.identity.Role;
import dev.tidegate.server.stats.Insufficiency;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Says which actions the server would take from a caller now, and why not the others. */
@Singleton
final class AllowedActions {
    private final RolloutConfig config;

    AllowedActions(RolloutConfig config) {
        this.config = config;
    }

    List<AllowedAction> of(
            Rollout rollout,
            boolean nextIsApproved,
            Optional<Insufficiency> unjudged,
            Principal by) {
        return List.of(
                action(
                        "approve",
                        approval(rollout, nextIsApproved, by)
                                .or(() -> unjudged.map(Insufficiency::text)),
                        approveEffect(rollout)),
                action(
                        "hold",
                        ended(rollout)
                                .or(() -> role(by))
                                .or(() -> not(rollout, RolloutState.HOLDING, "it is held already")),
                        "Hold at " + Shares.percent(rollout.weight())),
                action(
                        "resume",
                        ended(rollout)
                                .or(() -> role(by))
                                .or(
                                        () ->
                                                rollout.state() == RolloutState.HOLDING
                                                        ? Optional.empty()
                                                        : Optional.of("it is not held")),
                        "Resume at " + Shares.percent(rollout.weight())),
                action(
                        "roll_back",
                        ended(rollout).or(() -> role(by)),
                        "Roll back " + rollout.model() + " to " + rollout.champion() + " now"));
    }

    private Optional<String> approval(Rollout rollout, boolean given, Principal by) {
        if (rollout.state().hasEnded()) {
            return ended(rollout);
        }
        if (!by.may(Role.APPROVER)) {
            return Optional.of("your roles do not include approver");
        }
        if (config.fourEyes() && rollout.startedById().equals(by.id())) {
            return Optional.of("you started it; somebody else must approve");
        }
        if (given) {
            return Optional.of("the next step is approved already");
        }
        return rollout.state() == RolloutState.AWAITING_APPROVAL
                ? Optional.empty()
                : Optional.of("it does not wait for an approval: " + rollout.reason());
    }

    private static String approveEffect(Rollout rollout) {
        int next = rollout.step() + 1;
        if (rollout.plan().holdsAt(rollout.step())) {
            return "Stay at " + Shares.percent(rollout.weight());
        }
        return next >= rollout.plan().steps().size()
                ? "Promote " + rollout.candidate() + " to 100 %"
                : "Approve " + Shares.percent(rollout.plan().steps().get(next).ramp().weight());
    }

    private static Optional<String> ended(Rollout rollout) {
        return rollout.state().hasEnded()
                ? Optional.of("the rollout has ended: it was " + endWords(rollout.state()))
                : Optional.empty();
    }

    private static String endWords(RolloutState state) {
        return state.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }

    private static Optional<String> role(Principal by) {
        return by.may(Role.ENGINEER, Role.APPROVER)
                ? Optional.empty()
                : Optional.of("your roles permit only to look");
    }

    private static Optional<String> not(Rollout rollout, RolloutState state, String reason) {
        return rollout.state() == state ? Optional.of(reason) : Optional.empty();
    }

    private static AllowedAction action(String name, Optional<String> refusal, String effect) {
        return new AllowedAction(name, refusal.isEmpty(), refusal.orElse(""), effect);
    }
}
