package dev.tidegate.server.predictionlog;

import dev.tidegate.server.platform.lifecycle.Startup;
import dev.tidegate.server.platform.storage.Database;
import dev.tidegate.server.platform.time.PeriodicTask;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The settings in memory, for those who may not ask the database: a change is here at once where it
 * was made, and within a second on other replicas. While the database is gone they stay as they
 * are.
 */
@Singleton
final class KnownLogSettings implements Startup, AutoCloseable {
    private static final Duration PERIOD = Duration.ofSeconds(1);

    private final Database database;
    private final LogSettingsTable table;
    private volatile Map<Long, LogSettings> settings = Map.of();
    private @Nullable PeriodicTask following;

    KnownLogSettings(Database database, LogSettingsTable table) {
        this.database = database;
        this.table = table;
    }

    /** Before the first record goes from a journal to the log, and before any request comes. */
    @Override
    public int getOrder() {
        return LEASE;
    }

    @Override
    public void start() {
        refresh();
        following = PeriodicTask.start("prediction-log-settings", PERIOD, this::refresh);
    }

    synchronized void refresh() {
        settings = Map.copyOf(database.read(table::inForce));
    }

    LogSettings of(long modelId) {
        Map<Long, LogSettings> known = settings;
        return known.isEmpty() ? LogSettings.ALL : known.getOrDefault(modelId, LogSettings.ALL);
    }

    @Override
    @PreDestroy
    public void close() {
        PeriodicTask running = following;
        if (running != null) {
            running.close();
        }
    }
}
