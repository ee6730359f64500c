package dev.tidegate.server.batch;

import dev.tidegate.server.platform.lifecycle.Startup;
import dev.tidegate.server.platform.metric.MetricFamily;
import dev.tidegate.server.platform.metric.MetricSample;
import dev.tidegate.server.platform.metric.MetricSource;
import dev.tidegate.server.platform.metric.MetricType;
import dev.tidegate.server.platform.storage.Database;
import dev.tidegate.server.platform.time.PeriodicTask;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/**
 * Rows that this server answered, jobs that it ended, and how many jobs of all servers are open:
 * asked for now and then, so that the metrics come when the database is gone, without those.
 */
@Singleton
final class BatchCounts implements MetricSource, Startup, AutoCloseable {
    private static final Duration PERIOD = Duration.ofSeconds(5);

    private final Database database;
    private final BatchTable table;
    private final LongAdder answered = new LongAdder();
    private final LongAdder failed = new LongAdder();
    private final Map<BatchState, LongAdder> ended = new EnumMap<>(BatchState.class);
    private volatile Map<BatchState, Long> open = Map.of();
    private @Nullable PeriodicTask task;

    BatchCounts(Database database, BatchTable table) {
        this.database = database;
        this.table = table;
        Arrays.stream(BatchState.values())
                .filter(BatchState::hasEnded)
                .forEach(state -> ended.put(state, new LongAdder()));
    }

    void row(boolean isAnswered) {
        (isAnswered ? answered : failed).increment();
    }

    /** Counts a job whose state is an end, and no other. */
    void reached(BatchState state) {
        LongAdder count = ended.get(state);
        if (count != null) {
            count.increment();
        }
    }

    @Override
    public int getOrder() {
        return CONTROLLERS;
    }

    @Override
    public void start() {
        task = PeriodicTask.start("batch-counts", PERIOD, this::count);
    }

    private void count() {
        try {
            open = database.read(table::open);
        } catch (RuntimeException e) {
            open = Map.of();
            throw e;
        }
    }

    @Override
    public List<MetricFamily> families() {
        return List.of(
                new MetricFamily(
                        "tidegate_batch_rows",
                        MetricType.COUNTER,
                        "Rows of batch jobs that this server has done, those of attempts that were begun again too.",
                        List.of(
                                MetricSample.of((double) answered.sum(), "outcome", "answered"),
                                MetricSample.of((double) failed.sum(), "outcome", "failed"))),
                new MetricFamily(
                        "tidegate_batch_jobs_ended",
                        MetricType.COUNTER,
                        "Batch jobs that ended on this server.",
                        ended.entrySet().stream()
                                .map(state -> sample(state.getKey(), state.getValue().sum()))
                                .toList()),
                new MetricFamily(
                        "tidegate_batch_jobs",
                        MetricType.GAUGE,
                        "Batch jobs of all servers that have not ended.",
                        open.entrySet().stream()
                                .sorted(Map.Entry.comparingByKey())
                                .map(state -> sample(state.getKey(), state.getValue()))
                                .toList()));
    }

    private static MetricSample sample(BatchState state, long count) {
        return MetricSample.of((double) count, "state", state.name().toLowerCase(Locale.ROOT));
    }

    @Override
    @PreDestroy
    public void close() {
        PeriodicTask running = task;
        if (running != null) {
            running.close();
        }
    }
}
