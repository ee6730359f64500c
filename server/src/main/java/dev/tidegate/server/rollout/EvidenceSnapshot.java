package dev.tidegate.server.rollout;

import dev.tidegate.server.stats.GateReading;
import dev.tidegate.server.stats.GateStanding;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;

/**
 * What an approval signs.
 *
 * @param foldPosition the last evidence row that was folded
 * @param digest SHA-256 over the other parts but the time, hex
 * @param step index of the step in force
 * @param verdicts {@code name=verdict}, in the plan's order
 */
public record EvidenceSnapshot(
        long foldPosition,
        String digest,
        String planDigest,
        int step,
        List<String> verdicts,
        Instant at) {
    public EvidenceSnapshot {
        verdicts = List.copyOf(verdicts);
    }

    static EvidenceSnapshot of(
            Rollout rollout, long foldPosition, GateReading reading, Instant at) {
        List<String> verdicts = verdicts(reading.standing());
        return new EvidenceSnapshot(
                foldPosition,
                digestOf(rollout, foldPosition, rollout.step(), verdicts),
                rollout.planDigest(),
                rollout.step(),
                verdicts,
                at);
    }

    static List<String> verdicts(GateStanding standing) {
        return IntStream.range(0, standing.verdicts().size())
                .mapToObj(i -> standing.names().get(i) + "=" + standing.verdicts().get(i))
                .toList();
    }

    static String digestOf(Rollout rollout, long position, int step, List<String> verdicts) {
        return PlanFormat.sha256(
                String.join(
                        "\n",
                        rollout.id().toString(),
                        Long.toString(position),
                        Integer.toString(step),
                        rollout.planDigest(),
                        String.join("\n", verdicts)));
    }
}
