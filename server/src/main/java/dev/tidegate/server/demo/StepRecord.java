package dev.tidegate.server.demo;

import dev.tidegate.server.cli.Document;
import dev.tidegate.server.rollout.Shares;
import java.time.Duration;
import java.util.List;
import java.util.function.Predicate;

/**
 * How a step of a rollout went.
 *
 * @param label what the step is, for example "v2 at 5 %"
 * @param units the candidate's units with a first request in it
 * @param errors units with an error
 * @param slow units with a slow answer
 * @param verdict what ended it, in the server's words
 * @param duration how long it took
 */
record StepRecord(
        String label, long units, Events errors, Events slow, String verdict, Duration duration) {

    /** How many units of each arm had an event. */
    record Events(long champion, long candidate) {
        private static Events of(Document rollout, Predicate<String> guardrail) {
            List<Document> readings =
                    rollout.documents("guardrails").stream()
                            .filter(reading -> guardrail.test(reading.text("name")))
                            .toList();
            return new Events(
                    readings.stream().mapToLong(g -> g.number("championEvents")).sum(),
                    readings.stream().mapToLong(g -> g.number("candidateEvents")).sum());
        }

        @Override
        public String toString() {
            return champion + " / " + candidate;
        }
    }

    /** Reads a step from the rollout as it was last seen in it. */
    static StepRecord of(Document rollout, String verdict, Duration duration) {
        return new StepRecord(
                label(rollout),
                rollout.number("stepUnits"),
                Events.of(rollout, "errors"::equals),
                Events.of(rollout, name -> name.startsWith("slow")),
                verdict,
                duration);
    }

    private static String label(Document rollout) {
        String candidate = rollout.text("candidate");
        return rollout.number("step") < 0
                ? candidate + ", champion watched"
                : candidate + " at " + Shares.percent(weight(rollout));
    }

    private static double weight(Document rollout) {
        List<Document> steps = rollout.documents("steps");
        int step = Math.toIntExact(rollout.number("step"));
        return Double.parseDouble(steps.get(Math.min(step, steps.size() - 1)).text("weight"));
    }

    /** Returns the words of a table's row. */
    List<String> words() {
        return List.of(
                label,
                Long.toString(units),
                errors.toString(),
                slow.toString(),
                verdict,
                "%d s".formatted(duration.toSeconds()));
    }
}
