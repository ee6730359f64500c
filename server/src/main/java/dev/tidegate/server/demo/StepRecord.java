package dev.tidegate.server.demo;

import dev.tidegate.server.cli.Document;
import dev.tidegate.server.rollout.Shares;
import java.time.Duration;
import java.util.List;

/**
 * How a step of a rollout went.
 *
 * @param label what the step is, for example "v2 at 5 %"
 * @param units the candidate's units with a first request in it
 * @param championEvents the champion's units with an error
 * @param candidateEvents the candidate's units with an error
 * @param verdict what ended it, in the server's words
 * @param duration how long it took
 */
record StepRecord(
        String label,
        long units,
        long championEvents,
        long candidateEvents,
        String verdict,
        Duration duration) {

    /** Reads a step from the rollout as it was last seen in it. */
    static StepRecord of(Document rollout, String verdict, Duration duration) {
        List<Document> errors =
                rollout.documents("guardrails").stream()
                        .filter(reading -> reading.text("name").equals("errors"))
                        .toList();
        return new StepRecord(
                label(rollout),
                rollout.number("stepUnits"),
                errors.stream().mapToLong(g -> g.number("championEvents")).sum(),
                errors.stream().mapToLong(g -> g.number("candidateEvents")).sum(),
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
                championEvents + " / " + candidateEvents,
                verdict,
                "%d s".formatted(duration.toSeconds()));
    }
}
