package dev.tidegate.workbench.rollout;

import java.util.ArrayList;
import java.util.List;

/**
 * What an approver reads while the dialog is open.
 *
 * <p>The evidence goes on while somebody reads. As long as it says the same (verdicts, step, plan),
 * the newest snapshot takes the place of the former one, so what is signed is what is on the
 * screen. When it says something else, the approver has to look at the difference before it can be
 * signed.
 */
record Approval(Rollout rollout, EvidenceSnapshot seen, List<String> changes) {
    Approval {
        changes = List.copyOf(changes);
    }

    static Approval open(Rollout rollout) {
        return new Approval(rollout, rollout.snapshot(), List.of());
    }

    boolean isChanged() {
        return !changes.isEmpty();
    }

    Approval next(Rollout now) {
        return now.snapshot().saysTheSameAs(seen)
                ? new Approval(now, now.snapshot(), List.of())
                : new Approval(now, seen, differences(seen, now.snapshot()));
    }

    /** The approver has looked at the difference. */
    Approval accepted() {
        return open(rollout);
    }

    private static List<String> differences(EvidenceSnapshot before, EvidenceSnapshot now) {
        List<String> differences = new ArrayList<>();
        if (before.step() != now.step()) {
            differences.add("step " + (before.step() + 1) + " → " + (now.step() + 1));
        }
        if (!before.planDigest().equals(now.planDigest())) {
            differences.add("the plan itself");
        }
        now.verdicts().stream()
                .filter(verdict -> !before.verdicts().contains(verdict))
                .forEach(differences::add);
        if (differences.isEmpty()) {
            differences.add("a guardrail is gone");
        }
        return differences;
    }
}
