package dev.tidegate.server.inference;

import dev.tidegate.server.platform.metric.MetricFamily;
import dev.tidegate.server.platform.metric.MetricSample;
import dev.tidegate.server.platform.metric.MetricSource;
import dev.tidegate.server.platform.metric.MetricType;
import dev.tidegate.server.registry.CostConfig;
import dev.tidegate.server.registry.VersionCost;
import dev.tidegate.server.registry.VersionCosts;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.ToDoubleFunction;

/** What versions cost, by the time that their runs take. */
@Singleton
final class MeasuredCosts implements VersionCosts, MetricSource {
    private static final double NANOS_PER_SECOND = 1e9;

    private final InferenceCounters counters;
    private final double price;

    MeasuredCosts(InferenceCounters counters, CostConfig config) {
        this.counters = counters;
        this.price = config.pricePerCoreHour();
    }

    @Override
    public Optional<VersionCost> of(long versionId) {
        return counters.of(versionId).flatMap(MeasuredCosts::cost);
    }

    private static Optional<VersionCost> cost(VersionCounts counts) {
        return counts.inferences() == 0 || counts.coreTime().isZero()
                ? Optional.empty()
                : Optional.of(
                        new VersionCost(
                                counts.inferences(), counts.executions(), counts.coreTime()));
    }

    @Override
    public List<MetricFamily> families() {
        List<VersionCounts> counts = counters.snapshot();
        List<MetricFamily> families = new ArrayList<>();
        families.add(
                new MetricFamily(
                        "tidegate_version_core_seconds",
                        MetricType.COUNTER,
                        "Runs of the graph in seconds times the threads of each.",
                        counts.stream()
                                .map(
                                        each ->
                                                sample(
                                                        each,
                                                        each.coreTime().toNanos()
                                                                / NANOS_PER_SECOND))
                                .toList()));
        families.add(
                gauge(
                        "tidegate_version_core_seconds_per_1000_inferences",
                        "Core-seconds for 1,000 answered rows since the version came into memory.",
                        counts,
                        VersionCost::coreSecondsPerThousand));
        if (price > 0) {
            families.add(
                    gauge(
                            "tidegate_version_price_per_1000_inferences",
                            "The same times the price of a core-hour.",
                            counts,
                            cost -> cost.pricePerThousand(price)));
        }
        return families;
    }

    private static MetricFamily gauge(
            String name,
            String help,
            List<VersionCounts> counts,
            ToDoubleFunction<VersionCost> value) {
        return new MetricFamily(
                name,
                MetricType.GAUGE,
                help,
                counts.stream()
                        .flatMap(
                                each ->
                                        cost(each)
                                                .map(c -> sample(each, value.applyAsDouble(c)))
                                                .stream())
                        .toList());
    }

    private static MetricSample sample(VersionCounts counts, double value) {
        return MetricSample.of(value, "model", counts.model(), "version", counts.version());
    }
}
