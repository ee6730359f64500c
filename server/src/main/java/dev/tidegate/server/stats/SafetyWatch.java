package dev.tidegate.server.stats;

import java.util.Optional;

/** Whether one guardrail is SAFE in one step, asked again and again while data come in. */
final class SafetyWatch {
    private final RateDifference difference;
    private final Margin margin;
    private Optional<Objection> last = Optional.empty();

    SafetyWatch(RateDifference difference, Tolerance tolerance) {
        this.difference = difference;
        this.margin = Margin.of(tolerance);
    }

    /** Returns the answer for data that continue those asked for before. */
    boolean isSafe(Trials champion, Trials candidate) {
        if (last.isPresent() && last.orElseThrow().stands(champion, candidate)) {
            return false;
        }
        last = difference.objection(margin, champion, candidate);
        return last.isEmpty();
    }
}
