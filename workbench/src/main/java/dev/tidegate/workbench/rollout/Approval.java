package dev.tidegate.workbench.rollout;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * What an approver reads while the dialog is open.
 *
 * <p>The evidence goes on while somebody reads. As long as it says the same (verdicts, step, plan),
 * the newest snapshot takes the place of the former one, so what is signed is what is on the
 * screen. When it says something else, the approver has to look at the difference before it can be
 * signed, also when it has meanwhile become what it was: a verdict that came and went is a reason
 * to look again.
 */
record Approval(Rollout rollout, EvidenceSnapshot seen, List<String> changes) {
    private static final String BACK = "and back to what you read";

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
        boolean same = now.snapshot().saysTheSameAs(seen);
        if (same && !isChanged()) {
            return open(now);
        }
        return new Approval(
                now, seen, same ? withReturn(changes) : differences(seen, now.snapshot()));
    }

    private static List<String> withReturn(List<String> changes) {
        return changes.contains(BACK)
                ? changes
                : Stream.concat(changes.stream(), Stream.of(BACK)).toList();
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
