package dev.tidegate.server.predictionlog;

import dev.tidegate.server.platform.metric.MetricFamily;
import dev.tidegate.server.platform.metric.MetricSource;
import dev.tidegate.server.platform.metric.MetricType;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** What this replica, while it leads, has made of old hours of the prediction log. */
@Singleton
public final class LogFileProgress implements MetricSource {
    private final AtomicLong hours = new AtomicLong();
    private final AtomicLong predictions = new AtomicLong();
    private final AtomicLong bytes = new AtomicLong();
    private final AtomicLong failures = new AtomicLong();
    private final AtomicLong removed = new AtomicLong();
    private volatile Duration lag = Duration.ZERO;
    private volatile @Nullable String problem;

    LogFileProgress() {}

    /** The oldest hour is to be handed over since so long. */
    void waits(Duration since) {
        lag = since;
    }

    void handedOver(List<NewLogFile> files) {
        hours.incrementAndGet();
        for (NewLogFile file : files) {
            predictions.addAndGet(file.summary().events());
            bytes.addAndGet(file.bytes());
        }
    }

    void failed(String why) {
        failures.incrementAndGet();
        problem = why;
    }

    /** Nothing was tried. */
    void holdsBack(String why) {
        problem = why;
    }

    void removed() {
        removed.incrementAndGet();
    }

    /** Nothing is left to do, or another replica does it. */
    void clear() {
        lag = Duration.ZERO;
        problem = null;
    }

    /** Returns why old hours stay in the database, empty while they do not. */
    public Optional<String> problem() {
        return Optional.ofNullable(problem);
    }

    @Override
    public List<MetricFamily> families() {
        return List.of(
                counter("hours", "Hours that went from the database into Parquet files.", hours),
                counter("predictions", "Predictions in these files.", predictions),
                counter("bytes", "Bytes of these files.", bytes),
                counter("failures", "Tries to write an hour's files that failed.", failures),
                counter("removed", "Files that were removed after their retention.", removed),
                MetricFamily.single(
                        "tidegate_prediction_files_lag_seconds",
                        MetricType.GAUGE,
                        "How long the oldest hour has been in the database beyond the retention; 0 when none is.",
                        lag.toMillis() / 1_000.0));
    }

    private static MetricFamily counter(String name, String help, AtomicLong count) {
        return MetricFamily.single(
                "tidegate_prediction_files_" + name,
                MetricType.COUNTER,
                help,
                (double) count.get());
    }
}
