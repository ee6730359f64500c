package dev.tidegate.server.platform.metric;

import java.util.List;

/** A feature's metrics. Reading them waits for nothing: no database, no lock of a request's. */
public interface MetricSource {
    List<MetricFamily> families();
}
