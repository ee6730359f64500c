package dev.tidegate.server.benchmark.gate;

import dev.tidegate.server.stats.Arm;
import dev.tidegate.server.stats.Guardrail;
import dev.tidegate.server.stats.GuardrailKind;
import dev.tidegate.server.stats.LatencyHistogram;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Latencies: log-normal with median 20 ms, half of the variance shared by a unit's requests, and
 * the thresholds that a rollout freezes from watching the champion.
 */
final class LatencyModel {
    private static final double MEDIAN = 20; // milliseconds
    private static final double SPREAD = 0.5; // of the logarithm
    private static final double MICROS = 1_000; // in a millisecond
    private static final double SHARED = Math.sqrt(0.5);

    private final double[] championSlowFrom; // by guardrail, in standard deviations
    private final double[] candidateSlowFrom;
    private final double[] delayedSlowFrom; // of a delayed request of the candidate

    /** Watches requests of the champion and freezes its quantiles. */
    LatencyModel(World world, List<Guardrail> guardrails, int watched, SplittableRandom random) {
        LatencyHistogram histogram = new LatencyHistogram();
        for (int i = 0; i < watched; i++) {
            double level =
                    level(world.population().slowness(world.population().draw(random)), random);
            histogram.add((long) (MEDIAN * Math.exp(SPREAD * level) * MICROS));
        }
        this.championSlowFrom = new double[guardrails.size()];
        this.candidateSlowFrom = new double[guardrails.size()];
        this.delayedSlowFrom = new double[guardrails.size()];
        for (int i = 0; i < guardrails.size(); i++) {
            freeze(i, guardrails.get(i).kind(), histogram, world.delay());
        }
    }

    private void freeze(int index, GuardrailKind kind, LatencyHistogram histogram, double delay) {
        switch (kind) {
            case GuardrailKind.Errors() -> {
                championSlowFrom[index] = Double.POSITIVE_INFINITY;
                candidateSlowFrom[index] = Double.POSITIVE_INFINITY;
                delayedSlowFrom[index] = Double.POSITIVE_INFINITY;
            }
            case GuardrailKind.Slow slow -> {
                double threshold = histogram.quantile(slow.quantile()) / MICROS;
                double candidate = threshold + slow.margin().toNanos() / 1e6;
                championSlowFrom[index] = deviations(threshold);
                candidateSlowFrom[index] = deviations(candidate);
                delayedSlowFrom[index] = deviations(candidate - delay);
            }
        }
    }

    private static double deviations(double milliseconds) {
        return milliseconds <= 0
                ? Double.NEGATIVE_INFINITY
                : Math.log(milliseconds / MEDIAN) / SPREAD;
    }

    /** Returns a request's latency level in standard deviations, given its unit's own slowness. */
    double level(double slowness, SplittableRandom random) {
        return SHARED * slowness + SHARED * random.nextGaussian();
    }

    /** Returns the mask of the guardrails that a request is too slow for. */
    int slowMask(Arm arm, boolean delayed, double level) {
        double[] from = slowFrom(arm, delayed);
        int mask = 0;
        for (int i = 0; i < from.length; i++) {
            mask |= level > from[i] ? 1 << i : 0;
        }
        return mask;
    }

    private double[] slowFrom(Arm arm, boolean delayed) {
        return switch (arm) {
            case CHAMPION -> championSlowFrom;
            case CANDIDATE -> delayed ? delayedSlowFrom : candidateSlowFrom;
        };
    }
}
