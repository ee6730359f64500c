package dev.tidegate.server.platform.leader;

import dev.tidegate.server.platform.metric.MetricFamily;
import dev.tidegate.server.platform.metric.MetricSource;
import dev.tidegate.server.platform.metric.MetricType;
import jakarta.inject.Singleton;
import java.util.List;

/** Whether this replica leads. */
@Singleton
final class LeaderMetrics implements MetricSource {
    private final Leadership leadership;

    LeaderMetrics(Leadership leadership) {
        this.leadership = leadership;
    }

    @Override
    public List<MetricFamily> families() {
        return List.of(
                MetricFamily.single(
                        "tidegate_leader",
                        MetricType.GAUGE,
                        "1 while this replica leads.",
                        leadership.epoch().isPresent() ? 1 : 0));
    }
}
