package dev.tidegate.server.rollout;

import dev.tidegate.server.evidence.EvidenceFeed;
import dev.tidegate.server.platform.time.ReadableTime;
import dev.tidegate.server.routing.SlowThreshold;
import dev.tidegate.server.stats.Guardrail;
import dev.tidegate.server.stats.GuardrailKind;
import dev.tidegate.server.stats.LatencyHistogram;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** Freezes what counts as slow: the champion's quantiles just before the first step. */
@Singleton
final class Baseline {
    private final RolloutConfig config;
    private final EvidenceFeed feed;

    Baseline(RolloutConfig config, EvidenceFeed feed) {
        this.config = config;
        this.feed = feed;
    }

    /** Returns the thresholds, or empty while too little of the champion was seen. */
    Optional<List<SlowThreshold>> freeze(Handle handle, Rollout rollout) {
        if (rollout.plan().guardrails().stream().noneMatch(Baseline::isSlow)) {
            return Optional.of(List.of());
        }
        LatencyHistogram latency = latency(handle, rollout);
        if (latency.total() < config.baselineRequests()) {
            return Optional.empty();
        }
        List<SlowThreshold> thresholds = new ArrayList<>();
        for (Guardrail guardrail : rollout.plan().guardrails()) {
            if (guardrail.kind() instanceof GuardrailKind.Slow slow) {
                long micros = latency.quantile(slow.quantile());
                thresholds.add(
                        new SlowThreshold(
                                guardrail.name(),
                                slow.quantile(),
                                micros,
                                micros + slow.margin().toNanos() / 1000));
            }
        }
        return Optional.of(thresholds);
    }

    /** Says what is missing, for people. */
    String missing(Handle handle, Rollout rollout) {
        return "watching the champion: "
                + latency(handle, rollout).total()
                + " of "
                + config.baselineRequests()
                + " requests seen in the newest "
                + ReadableTime.of(config.baselineWindow())
                + ", none counted from a version's first "
                + ReadableTime.of(config.warmUp());
    }

    private LatencyHistogram latency(Handle handle, Rollout rollout) {
        return feed.championLatency(
                handle,
                rollout.modelId(),
                rollout.championId(),
                config.baselineWindow(),
                config.warmUp());
    }

    private static boolean isSlow(Guardrail guardrail) {
        return guardrail.kind() instanceof GuardrailKind.Slow;
    }
}
