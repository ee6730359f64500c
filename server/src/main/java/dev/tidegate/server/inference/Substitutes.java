package dev.tidegate.server.inference;

import dev.tidegate.server.platform.metric.MetricFamily;
import dev.tidegate.server.platform.metric.MetricSample;
import dev.tidegate.server.platform.metric.MetricSource;
import dev.tidegate.server.platform.metric.MetricType;
import jakarta.inject.Singleton;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/** Counts who answered what the routed version did not, by model and rung. */
@Singleton
final class Substitutes implements MetricSource {
    private final Map<Key, LongAdder> counts = new ConcurrentHashMap<>();

    void answered(String model, Rung rung) {
        counts.computeIfAbsent(new Key(model, rung), key -> new LongAdder()).increment();
    }

    @Override
    public List<MetricFamily> families() {
        return List.of(
                new MetricFamily(
                        "tidegate_substitute_answers",
                        MetricType.COUNTER,
                        "Requests that their routed version did not answer, by the rung that did; none: nobody.",
                        counts.entrySet().stream()
                                .sorted(
                                        Map.Entry.comparingByKey(
                                                Comparator.comparing(Key::model)
                                                        .thenComparing(Key::rung)))
                                .map(Substitutes::sample)
                                .toList()));
    }

    private static MetricSample sample(Map.Entry<Key, LongAdder> entry) {
        return MetricSample.of(
                (double) entry.getValue().sum(),
                "model",
                entry.getKey().model(),
                "rung",
                entry.getKey().rung().name().toLowerCase(Locale.ROOT));
    }

    private record Key(String model, Rung rung) {}
}
