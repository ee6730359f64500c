package dev.tidegate.server.demo;

import dev.tidegate.server.cli.Document;
import java.util.List;

/**
 * A rollout that has ended.
 *
 * @param rollout as it was last seen
 * @param steps how each step went
 */
record RolloutEnd(Document rollout, List<StepRecord> steps) {
    RolloutEnd {
        steps = List.copyOf(steps);
    }

    String id() {
        return rollout.text("id");
    }

    String state() {
        return rollout.text("state");
    }

    /** Returns how many of the candidate's units had an error, over all steps. */
    long candidateErrors() {
        return steps.stream().mapToLong(step -> step.errors().candidate()).sum();
    }
}
