package dev.tidegate.server.routing;

import dev.tidegate.server.platform.lifecycle.Startup;
import dev.tidegate.server.platform.storage.Database;
import dev.tidegate.server.platform.time.PeriodicTask;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Brings new fallbacks to this replica: at once where they were set, within a second elsewhere. */
@Singleton
public final class FallbackFollower implements Startup, AutoCloseable {
    private final Database database;
    private final FallbackTable table;
    private final FallbackRungs rungs;
    private final Duration period;
    private @Nullable PeriodicTask task;

    /** Guarded by this. */
    private long seen;

    FallbackFollower(
            Database database, FallbackTable table, FallbackRungs rungs, RoutingConfig config) {
        this.database = database;
        this.table = table;
        this.rungs = rungs;
        this.period = config.renewal();
    }

    @Override
    public int getOrder() {
        return LEASE;
    }

    /** Reads the fallbacks once, then again and again. */
    @Override
    public void start() {
        follow();
        task = PeriodicTask.start("fallbacks", period, this::follow);
    }

    /** Reads what is new, and sees that what it and all before name is in memory. */
    synchronized void follow() {
        List<Fallback> news = database.read(handle -> table.newerThan(handle, seen));
        if (!news.isEmpty()) {
            rungs.put(news);
            seen = news.stream().mapToLong(Fallback::revision).max().orElse(seen);
        }
        rungs.keepLoaded();
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
