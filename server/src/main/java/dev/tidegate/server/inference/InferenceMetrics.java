package dev.tidegate.server.inference;

import dev.tidegate.server.platform.metric.MetricFamily;
import dev.tidegate.server.platform.metric.MetricSample;
import dev.tidegate.server.platform.metric.MetricSource;
import dev.tidegate.server.platform.metric.MetricType;
import dev.tidegate.server.platform.metric.TimeHistogram;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;

/** The counters under the names that dashboards for Triton read, and histograms beside them. */
@Singleton
final class InferenceMetrics implements MetricSource {
    private final InferenceCounters counters;
    private final LoadedVersions loaded;

    InferenceMetrics(InferenceCounters counters, LoadedVersions loaded) {
        this.counters = counters;
        this.loaded = loaded;
    }

    @Override
    public List<MetricFamily> families() {
        List<MetricFamily> families =
                new ArrayList<>(counters.areOfRequests() ? ofRequests() : List.of());
        families.add(
                MetricFamily.single(
                        "tidegate_request_metrics_enabled",
                        MetricType.GAUGE,
                        "1 while requests are counted and timed, 0 when tidegate.metric.requests is false.",
                        counters.areOfRequests() ? 1 : 0));
        families.add(loaded());
        return families;
    }

    private List<MetricFamily> ofRequests() {
        List<VersionCounts> counts = counters.snapshot();
        List<VersionTimes> times = counters.times();
        return List.of(
                counter(
                        "request_success",
                        "Answered requests.",
                        counts,
                        each -> each.success().count()),
                failures(counts),
                counter("count", "Rows in answered requests.", counts, VersionCounts::inferences),
                counter("exec_count", "Runs of the graph.", counts, VersionCounts::executions),
                micros(
                        "request_duration_us",
                        "Answered requests from arrival to encoded answer, microseconds together.",
                        counts,
                        each -> each.success().total()),
                micros(
                        "queue_duration_us",
                        "Answered requests waiting for a thread or for those that ran with them, microseconds together.",
                        counts,
                        VersionCounts::queue),
                micros(
                        "compute_input_duration_us",
                        "Answered requests being read, validated and routed, microseconds together.",
                        counts,
                        VersionCounts::computeInput),
                micros(
                        "compute_infer_duration_us",
                        "Answered requests in the graph, microseconds together.",
                        counts,
                        VersionCounts::computeInfer),
                micros(
                        "compute_output_duration_us",
                        "Answers being encoded, microseconds together.",
                        counts,
                        VersionCounts::computeOutput),
                new MetricFamily(
                        "nv_inference_pending_request_count",
                        MetricType.GAUGE,
                        "Requests that wait for a thread.",
                        samples(counts, VersionCounts::pending)),
                histogram(
                        "request",
                        "Answered requests from arrival to encoded answer.",
                        times,
                        VersionTimes::request),
                histogram(
                        "queue",
                        "Answered requests waiting for a thread or for those that ran with them.",
                        times,
                        VersionTimes::queue),
                histogram(
                        "batch_wait",
                        "Answered requests waiting for those that ran with them; a part of the queue time.",
                        times,
                        VersionTimes::batchWait),
                histogram(
                        "read",
                        "Answered requests being read, validated and routed.",
                        times,
                        VersionTimes::read),
                histogram(
                        "compute", "Answered requests in the graph.", times, VersionTimes::compute),
                histogram("serialize", "Answers being encoded.", times, VersionTimes::serialize));
    }

    private static MetricFamily counter(
            String name,
            String help,
            List<VersionCounts> counts,
            ToDoubleFunction<VersionCounts> value) {
        return new MetricFamily(
                "nv_inference_" + name, MetricType.NAMED_COUNTER, help, samples(counts, value));
    }

    private static MetricFamily micros(
            String name,
            String help,
            List<VersionCounts> counts,
            Function<VersionCounts, Duration> value) {
        return counter(
                name,
                help,
                counts,
                each -> TimeUnit.NANOSECONDS.toMicros(value.apply(each).toNanos()));
    }

    private static List<MetricSample> samples(
            List<VersionCounts> counts, ToDoubleFunction<VersionCounts> value) {
        return counts.stream()
                .map(
                        each ->
                                MetricSample.of(
                                        value.applyAsDouble(each),
                                        "model",
                                        each.model(),
                                        "version",
                                        each.version()))
                .toList();
    }

    private static MetricFamily failures(List<VersionCounts> counts) {
        return new MetricFamily(
                "nv_inference_request_failure",
                MetricType.NAMED_COUNTER,
                "Requests that a version was asked and did not answer.",
                counts.stream()
                        .flatMap(
                                each ->
                                        each.failures().entrySet().stream()
                                                .sorted(Map.Entry.comparingByKey())
                                                .map(
                                                        failed ->
                                                                MetricSample.of(
                                                                        (double)
                                                                                failed.getValue()
                                                                                        .count(),
                                                                        "model",
                                                                        each.model(),
                                                                        "version",
                                                                        each.version(),
                                                                        "reason",
                                                                        failed.getKey().name())))
                        .toList());
    }

    private static MetricFamily histogram(
            String name,
            String help,
            List<VersionTimes> times,
            Function<VersionTimes, TimeHistogram> part) {
        return new MetricFamily(
                "tidegate_inference_" + name + "_seconds",
                MetricType.HISTOGRAM,
                help,
                times.stream()
                        .flatMap(
                                each ->
                                        part
                                                .apply(each)
                                                .samples(
                                                        "model",
                                                        each.model(),
                                                        "version",
                                                        each.version())
                                                .stream())
                        .toList());
    }

    private MetricFamily loaded() {
        return new MetricFamily(
                "tidegate_version_loaded",
                MetricType.GAUGE,
                "1 for each version in memory.",
                loaded.all().stream()
                        .sorted(
                                Comparator.comparing((LoadedVersion each) -> each.version().model())
                                        .thenComparing(each -> each.version().version()))
                        .map(
                                each ->
                                        MetricSample.of(
                                                1,
                                                "model",
                                                each.version().model(),
                                                "version",
                                                each.version().version()))
                        .toList());
    }
}
