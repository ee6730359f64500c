package dev.tidegate.workbench.rollout;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * One rollout at one moment.
 *
 * @param step index of the plan's present step, -1 while the champion is watched before the first
 * @param weight the candidate's share in force
 * @param harm expected extra events so far
 * @param stepUnits units of the candidate with a first request in this step
 * @param waitingFor what it waits for, empty when for nothing
 */
public record Rollout(
        String id,
        String model,
        String champion,
        String candidate,
        String state,
        int step,
        double weight,
        Plan plan,
        List<Guardrail> guardrails,
        Split split,
        Estimate harm,
        EvidenceSnapshot snapshot,
        long revision,
        String startedBy,
        Instant startedAt,
        Instant stepEnteredAt,
        Optional<Instant> endedAt,
        String reason,
        String waitingFor,
        long stepUnits,
        Instant asOf,
        List<Action> actions,
        List<Approval> approvals,
        List<Event> events) {

    /** The split between the arms: asked for, seen, and whether they fit. */
    public record Split(double asked, Estimate seen, Verdict verdict) {}

    /** What the caller may do now, or why not. */
    public record Action(String name, boolean allowed, String reason, String effect) {}

    /** A person's signature under letting in a step. */
    public record Approval(int step, String by, String reason, Instant at) {}

    /** Something that happened, for the charts. */
    public record Event(Instant at, String kind, String label) {}

    public Rollout {
        guardrails = List.copyOf(guardrails);
        actions = List.copyOf(actions);
        approvals = List.copyOf(approvals);
        events = List.copyOf(events);
    }

    Optional<Action> action(String name) {
        return actions.stream().filter(action -> action.name().equals(name)).findFirst();
    }

    String title() {
        return model + " " + champion + " → " + candidate;
    }
}
