package dev.tidegate.server.inference;

import dev.tidegate.server.registry.RegisteredVersion;
import jakarta.inject.Singleton;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What every version did since this server started, those included that are no longer in memory.
 */
@Singleton
public final class InferenceCounters {
    private final Map<Long, VersionCounters> byVersion = new ConcurrentHashMap<>();

    /** Returns the version's counters, which a version in memory keeps at hand. */
    VersionCounters of(RegisteredVersion version) {
        return byVersion.computeIfAbsent(version.id(), id -> new VersionCounters(version));
    }

    /** Returns the counts of every version that was loaded, by model and version. */
    public List<VersionCounts> snapshot() {
        return byVersion.values().stream()
                .map(VersionCounters::snapshot)
                .sorted(
                        Comparator.comparing(VersionCounts::model)
                                .thenComparing(VersionCounts::version))
                .toList();
    }

    /** Returns the histograms of every version that was loaded, by model and version. */
    List<VersionTimes> times() {
        return byVersion.values().stream()
                .map(VersionCounters::times)
                .sorted(
                        Comparator.comparing(VersionTimes::model)
                                .thenComparing(VersionTimes::version))
                .toList();
    }

    /** Returns the counts of a version; empty when it was never loaded. */
    public Optional<VersionCounts> of(long versionId) {
        return Optional.ofNullable(byVersion.get(versionId)).map(VersionCounters::snapshot);
    }
}
