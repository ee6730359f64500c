package dev.tidegate.server.cli;

import dev.tidegate.server.platform.time.ReadableTime;
import dev.tidegate.server.rollout.Shares;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A rollout for people. */
public final class RolloutText {
    private static final Set<String> ENDED = Set.of("PROMOTED", "ROLLED_BACK", "ABORTED");

    private RolloutText() {}

    /** Returns whether nothing happens to the rollout any more. */
    public static boolean hasEnded(Document rollout) {
        return ENDED.contains(rollout.text("state"));
    }

    /** Returns the rollout with its evidence, in a few lines. */
    public static String evidence(Document rollout) {
        Document shown =
                rollout.only(
                        "id",
                        "model",
                        "champion",
                        "candidate",
                        "state",
                        "reason",
                        "step",
                        "weight",
                        "stepUnits",
                        "waitingFor",
                        "startedBy",
                        "startedAt",
                        "endedAt",
                        "asOf",
                        "evidence",
                        "plan");
        return DocumentText.of(shown.with("guardrails", readings(rollout)));
    }

    /** Returns the table of the guardrails. */
    public static List<String> guardrails(Document rollout) {
        return DocumentText.of(new Document().with("guardrails", readings(rollout)))
                .lines()
                .toList();
    }

    private static List<Document> readings(Document rollout) {
        return rollout.documents("guardrails").stream()
                .map(
                        reading ->
                                reading.only(
                                        "name",
                                        "verdict",
                                        "champion",
                                        "candidate",
                                        "difference",
                                        "low",
                                        "high",
                                        "tolerance",
                                        "n",
                                        "needed",
                                        "eValue",
                                        "reason"))
                .toList();
    }

    /** Returns where the rollout stands, in one line. */
    public static String line(Document rollout) {
        String time = rollout.text("asOf");
        String guardrails =
                rollout.documents("guardrails").stream()
                        .map(RolloutText::verdict)
                        .collect(Collectors.joining(", "));
        return Stream.of(
                        time.isEmpty() ? "" : ReadableTime.of(Instant.parse(time)),
                        "%-17s".formatted(rollout.text("state")),
                        step(rollout),
                        rollout.text("stepUnits") + " units",
                        guardrails,
                        rollout.text("reason"))
                .filter(word -> !word.isEmpty())
                .collect(Collectors.joining("  "));
    }

    private static String step(Document rollout) {
        long step = rollout.number("step");
        return step < 0
                ? "before the first step"
                : "step %d of %d at %s"
                        .formatted(
                                step + 1,
                                rollout.documents("steps").size(),
                                Shares.percent(Double.parseDouble(rollout.text("weight"))));
    }

    private static String verdict(Document reading) {
        String needed = reading.text("needed");
        return reading.text("name")
                + " "
                + reading.text("verdict")
                + (needed.isEmpty() || needed.equals("0") ? "" : " (" + needed + " more units)");
    }
}
