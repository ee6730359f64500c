package dev.tidegate.workbench.rollout;

import dev.tidegate.workbench.connection.Initials;
import dev.tidegate.workbench.control.Figures;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Tells the plan's steps as a ladder: done ones quiet, the present one open, later ones with what
 * they will ask.
 */
final class StepLadder {
    private final Rollout rollout;

    StepLadder(Rollout rollout) {
        this.rollout = rollout;
    }

    List<StepItem> items() {
        List<StepItem> items = new ArrayList<>();
        for (int index = 0; index < rollout.plan().steps().size(); index++) {
            items.add(item(index, rollout.plan().steps().get(index)));
        }
        return items;
    }

    private StepItem item(int index, Plan.Step step) {
        StepItem.Progress progress = progress(index);
        boolean current = progress == StepItem.Progress.CURRENT;
        Optional<Rollout.Approval> approval =
                rollout.approvals().stream().filter(given -> given.step() == index).findFirst();
        return new StepItem(
                words(step),
                progress,
                current ? share(elapsed().toMillis(), step.minimumTime().toMillis()) : 0,
                current
                        ? Figures.about(elapsed()) + " of " + Figures.about(step.minimumTime())
                        : Figures.about(step.minimumTime()),
                current ? share(rollout.stepUnits(), step.minimumUnits()) : 0,
                current
                        ? Figures.count(rollout.stepUnits())
                                + " of "
                                + Figures.count(step.minimumUnits())
                                + " units"
                        : Figures.count(step.minimumUnits()) + " units",
                step.approval(),
                approval.map(given -> Initials.of(given.by())).orElse(""),
                approval.map(given -> "Approved by " + given.by() + ": " + given.reason())
                        .orElse("Needs an approval"),
                current
                        ? rollout.guardrails().stream()
                                .map(guardrail -> guardrail.verdict().tone())
                                .toList()
                        : List.of());
    }

    private static String words(Plan.Step step) {
        if (step.promote()) {
            return "Promote to 100 %";
        }
        String share = Figures.percent(step.weight());
        return step.hold() ? "Stay at " + share : share;
    }

    private StepItem.Progress progress(int index) {
        if (index < rollout.step() || rollout.state().equals("PROMOTED")) {
            return StepItem.Progress.DONE;
        }
        return index == rollout.step() ? StepItem.Progress.CURRENT : StepItem.Progress.LATER;
    }

    private Duration elapsed() {
        Duration elapsed =
                Duration.between(rollout.stepEnteredAt(), rollout.endedAt().orElse(rollout.asOf()));
        return elapsed.isNegative() ? Duration.ZERO : elapsed;
    }

    private static double share(long part, long whole) {
        return whole == 0 ? 1 : Math.min(1, (double) part / whole);
    }
}
