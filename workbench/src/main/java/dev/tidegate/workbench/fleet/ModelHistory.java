package dev.tidegate.workbench.fleet;

import dev.tidegate.workbench.chart.Samples;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The newest seconds of one model: of each version, and the requests of all together. */
final class ModelHistory {
    private final Map<String, VersionHistory> versions = new LinkedHashMap<>();
    private final RateSeries requests = new RateSeries(VersionHistory.SECONDS);

    /** The newest second that is complete: a message brings whole seconds, of all versions. */
    private long newest = Long.MIN_VALUE;

    /** The series of one version. */
    record OfVersion(String version, VersionHistory.Series series) {}

    /** What the series are at one moment; the requests are those of all versions a second. */
    record Series(List<OfVersion> versions, Samples requests) {
        Series {
            versions = List.copyOf(versions);
        }

        static Series none() {
            return new Series(List.of(), Samples.of(new double[0], new double[0]));
        }
    }

    /**
     * Adds the seconds of one message. Those that are known already are left out: a stream repeats
     * them when it comes back.
     */
    void add(List<FleetSecond> seconds) {
        Map<Long, Long> sums = new TreeMap<>();
        Map<String, Map<Long, FleetSecond>> byVersion = new LinkedHashMap<>();
        for (FleetSecond second : seconds) {
            if (second.epochSecond() > newest) {
                sums.merge(second.epochSecond(), second.requests(), Long::sum);
                byVersion
                        .computeIfAbsent(second.version(), _ -> new TreeMap<>())
                        .merge(second.epochSecond(), second, FleetSecond::plus);
            }
        }
        byVersion.forEach(
                (version, own) ->
                        own.values()
                                .forEach(
                                        versions.computeIfAbsent(version, _ -> new VersionHistory())
                                                ::add));
        sums.forEach(
                (at, sum) -> {
                    requests.add(at, (double) sum);
                    newest = at;
                });
    }

    /** Everything through this second is closed, so what no message had was without requests. */
    void quietThrough(long second) {
        versions.values().forEach(version -> version.quietThrough(second));
        requests.quietThrough(second);
        newest = Math.max(newest, second);
    }

    Series series() {
        List<OfVersion> all =
                versions.entrySet().stream()
                        .map(entry -> new OfVersion(entry.getKey(), entry.getValue().series()))
                        .toList();
        return new Series(all, requests.samples());
    }
}
