package dev.tidegate.server.inference;

import dev.tidegate.proto.inference.InferStatistics;
import dev.tidegate.proto.inference.ModelStatistics;
import dev.tidegate.proto.inference.StatisticDuration;
import java.time.Duration;
import java.time.Instant;

/** Counts as Triton's clients read them. */
final class StatisticsProtoMapper {

    ModelStatistics statistics(VersionCounts counts) {
        long answered = counts.success().count();
        return ModelStatistics.newBuilder()
                .setName(counts.model())
                .setVersion(counts.version())
                .setLastInference(counts.lastInference().map(Instant::toEpochMilli).orElse(0L))
                .setInferenceCount(counts.inferences())
                .setExecutionCount(counts.executions())
                .setInferenceStats(
                        InferStatistics.newBuilder()
                                .setSuccess(duration(answered, counts.success().total()))
                                .setFail(
                                        duration(
                                                counts.failure().count(), counts.failure().total()))
                                .setQueue(duration(answered, counts.queue()))
                                .setComputeInput(duration(answered, counts.computeInput()))
                                .setComputeInfer(duration(answered, counts.computeInfer()))
                                .setComputeOutput(duration(answered, counts.computeOutput())))
                .build();
    }

    private static StatisticDuration duration(long count, Duration total) {
        return StatisticDuration.newBuilder().setCount(count).setNs(total.toNanos()).build();
    }
}
