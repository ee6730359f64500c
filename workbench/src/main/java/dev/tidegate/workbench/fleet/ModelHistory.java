package dev.tidegate.workbench.fleet;

import dev.tidegate.workbench.chart.SampleBuffer;
import dev.tidegate.workbench.chart.Samples;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The newest seconds of one model: of each version, and the requests of all together. */
final class ModelHistory {
    private final Map<String, VersionHistory> versions = new LinkedHashMap<>();
    private final SampleBuffer requests = new SampleBuffer(VersionHistory.SECONDS);
    private long second = Long.MIN_VALUE;
    private long sum;

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

    void add(FleetSecond next) {
        versions.computeIfAbsent(next.version(), _ -> new VersionHistory()).add(next);
        long at = next.at().getEpochSecond();
        if (at > second) {
            closeSecond();
            second = at;
            sum = 0;
        }
        if (at == second) {
            sum += next.requests();
        }
    }

    private void closeSecond() {
        if (second != Long.MIN_VALUE) {
            requests.add((double) second, (double) sum);
        }
    }

    Series series() {
        List<OfVersion> all =
                versions.entrySet().stream()
                        .map(entry -> new OfVersion(entry.getKey(), entry.getValue().series()))
                        .toList();
        return new Series(all, requests.samples());
    }
}
