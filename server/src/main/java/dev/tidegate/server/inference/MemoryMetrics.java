package dev.tidegate.server.inference;

import dev.tidegate.server.inference.onnx.OnnxRuntime;
import dev.tidegate.server.platform.metric.MetricFamily;
import dev.tidegate.server.platform.metric.MetricSample;
import dev.tidegate.server.platform.metric.MetricSource;
import dev.tidegate.server.platform.metric.MetricType;
import jakarta.inject.Singleton;
import java.util.Comparator;
import java.util.List;

/** What versions take of the memory, and how often they come and go. */
@Singleton
final class MemoryMetrics implements MetricSource {
    private final LoadedVersions versions;
    private final MemoryBudget budget;
    private final OnnxRuntime runtime;

    MemoryMetrics(LoadedVersions versions, MemoryBudget budget, OnnxRuntime runtime) {
        this.versions = versions;
        this.budget = budget;
        this.runtime = runtime;
    }

    @Override
    public List<MetricFamily> families() {
        return List.of(
                byVersion(),
                one(
                        "memory_budget_bytes",
                        MetricType.GAUGE,
                        "What versions may take outside of the heap together.",
                        budget.limit()),
                one(
                        "memory_taken_bytes",
                        MetricType.GAUGE,
                        "What they are taken to need, those being loaded or ended among them.",
                        budget.taken()),
                one(
                        "version_loads",
                        MetricType.COUNTER,
                        "Versions brought into memory.",
                        versions.loadCount()),
                one(
                        "version_evictions",
                        MetricType.COUNTER,
                        "Versions that left memory to make room for others.",
                        versions.evictionCount()),
                one(
                        "onnx_sessions",
                        MetricType.GAUGE,
                        "Sessions of ONNX Runtime that are open.",
                        runtime.openSessions()),
                one(
                        "onnx_buffer_bytes",
                        MetricType.GAUGE,
                        "Memory outside of the heap that holds inputs and outputs.",
                        runtime.bufferBytes()));
    }

    private static MetricFamily one(String name, MetricType type, String help, long value) {
        return new MetricFamily(
                "tidegate_" + name, type, help, List.of(MetricSample.of((double) value)));
    }

    private MetricFamily byVersion() {
        return new MetricFamily(
                "tidegate_version_memory_bytes",
                MetricType.GAUGE,
                "What each version in memory is taken to need outside of the heap.",
                versions.all().stream()
                        .sorted(Comparator.comparing(each -> each.version().label()))
                        .map(
                                each ->
                                        MetricSample.of(
                                                (double) each.bytes(),
                                                "model",
                                                each.version().model(),
                                                "version",
                                                each.version().version()))
                        .toList());
    }
}
