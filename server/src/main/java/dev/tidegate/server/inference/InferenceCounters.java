package dev.tidegate.server.inference;

import dev.tidegate.server.platform.metric.MetricConfig;
import dev.tidegate.server.registry.RegisteredVersion;
import jakarta.inject.Singleton;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What the versions in memory did since they were loaded.
 *
 * <p>Counters belong to a version, not to a session of it: while any session of the version is in
 * memory they only grow, whichever session counts. They go with the last one, so that a server that
 * has seen thousands of versions lists those that it has; a version that comes back begins at 0,
 * which Prometheus takes for a restart.
 */
@Singleton
public final class InferenceCounters {
    private final Map<Long, VersionCounters> byVersion = new ConcurrentHashMap<>();
    private final boolean ofRequests;

    InferenceCounters(MetricConfig config) {
        this.ofRequests = config.requests();
    }

    /**
     * Returns whether requests are counted and timed; without, there are only rows, runs and their
     * cost.
     */
    boolean areOfRequests() {
        return ofRequests;
    }

    /** Returns the version's counters for one session of it, which lets them go when it closes. */
    VersionCounters join(RegisteredVersion version) {
        VersionCounters joined =
                byVersion.compute(
                        version.id(),
                        (id, known) -> {
                            VersionCounters counters =
                                    known == null
                                            ? new VersionCounters(version, ofRequests)
                                            : known;
                            counters.join();
                            return counters;
                        });
        return Objects.requireNonNull(joined);
    }

    /** Drops the counters when no other session of the version has them. */
    void leave(VersionCounters counters) {
        byVersion.computeIfPresent(
                counters.versionId(), (id, known) -> known.isLeftByLast() ? null : known);
    }

    /** Returns the counts of every version in memory, by model and version. */
    public List<VersionCounts> snapshot() {
        return byVersion.values().stream()
                .map(VersionCounters::snapshot)
                .sorted(
                        Comparator.comparing(VersionCounts::model)
                                .thenComparing(VersionCounts::version))
                .toList();
    }

    /** Returns the histograms of every version in memory, by model and version. */
    List<VersionTimes> times() {
        return byVersion.values().stream()
                .map(VersionCounters::times)
                .sorted(
                        Comparator.comparing(VersionTimes::model)
                                .thenComparing(VersionTimes::version))
                .toList();
    }

    /** Returns the counts of a version; empty when it is not in memory. */
    public Optional<VersionCounts> of(long versionId) {
        return Optional.ofNullable(byVersion.get(versionId)).map(VersionCounters::snapshot);
    }
}
