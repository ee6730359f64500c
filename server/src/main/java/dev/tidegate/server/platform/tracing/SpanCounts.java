package dev.tidegate.server.platform.tracing;

import dev.tidegate.server.platform.metric.MetricFamily;
import dev.tidegate.server.platform.metric.MetricSample;
import dev.tidegate.server.platform.metric.MetricSource;
import dev.tidegate.server.platform.metric.MetricType;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;

/** What became of spans: a collector that is gone, or too slow, loses them, and that shows here. */
@Singleton
public final class SpanCounts implements MetricSource {
    private final LongAdder ended = new LongAdder();
    private final LongAdder delivered = new LongAdder();
    private final LongAdder refused = new LongAdder();

    void ended(int spans) {
        ended.add(spans);
    }

    void delivered(int spans) {
        delivered.add(spans);
    }

    void refused(int spans) {
        refused.add(spans);
    }

    @Override
    public List<MetricFamily> families() {
        return List.of(
                new MetricFamily(
                        "tidegate_trace_spans",
                        MetricType.COUNTER,
                        "Spans that ended, that a collector took, and that it did not take; the rest waits or was dropped.",
                        List.of(
                                sample("ended", ended),
                                sample("delivered", delivered),
                                sample("refused", refused))));
    }

    private static MetricSample sample(String state, LongAdder count) {
        return MetricSample.of((double) count.sum(), "state", state);
    }
}
