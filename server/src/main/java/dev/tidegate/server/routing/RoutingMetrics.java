package dev.tidegate.server.routing;

import dev.tidegate.server.platform.metric.MetricFamily;
import dev.tidegate.server.platform.metric.MetricSource;
import dev.tidegate.server.platform.metric.MetricType;
import jakarta.inject.Singleton;
import java.util.List;

/** Whether candidates are open on this replica. */
@Singleton
final class RoutingMetrics implements MetricSource {
    private final RoutingTable table;

    RoutingMetrics(RoutingTable table) {
        this.table = table;
    }

    @Override
    public List<MetricFamily> families() {
        return List.of(
                MetricFamily.single(
                        "tidegate_lease_held",
                        MetricType.GAUGE,
                        "1 while this replica's lease holds; at 0 candidates are closed here.",
                        table.leaseHolds() ? 1 : 0),
                MetricFamily.single(
                        "tidegate_candidates_open",
                        MetricType.GAUGE,
                        "Models whose candidate gets traffic on this replica.",
                        (double) open()));
    }

    private long open() {
        return table.leaseHolds()
                ? table.all().stream().filter(route -> route.weight() > 0).count()
                : 0;
    }
}
