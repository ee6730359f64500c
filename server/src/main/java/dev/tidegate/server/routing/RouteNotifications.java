package dev.tidegate.server.routing;

import dev.tidegate.server.platform.lifecycle.Startup;
import dev.tidegate.server.platform.storage.Database;
import dev.tidegate.server.platform.time.PeriodicTask;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.postgresql.PGNotification;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Listens for route changes, so that they are followed at once; polling is the fallback. */
@Singleton
public final class RouteNotifications implements Startup, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(RouteNotifications.class);
    private static final Duration WAIT = Duration.ofMillis(500);

    private final Database database;
    private final ReplicaLease lease;
    private @Nullable Connection connection;
    private @Nullable PeriodicTask task;

    RouteNotifications(Database database, ReplicaLease lease) {
        this.database = database;
        this.lease = lease;
    }

    @Override
    public int getOrder() {
        return LEASE + 1;
    }

    @Override
    public void start() {
        task = PeriodicTask.start("route-notifications", Duration.ofMillis(1), this::listen);
    }

    private void listen() {
        try {
            Connection open = connection == null ? open() : connection;
            PGNotification[] notifications =
                    open.unwrap(PGConnection.class).getNotifications((int) WAIT.toMillis());
            if (notifications != null && notifications.length > 0) {
                lease.wake();
            }
        } catch (SQLException e) {
            LOG.debug("route notifications are interrupted; routes are polled", e);
            drop();
            pause();
        }
    }

    private Connection open() throws SQLException {
        Connection fresh = database.dedicatedConnection(Duration.ofSeconds(10));
        try (Statement statement = fresh.createStatement()) {
            statement.execute("listen route");
        }
        connection = fresh;
        lease.wake();
        return fresh;
    }

    private void drop() {
        Connection lost = connection;
        connection = null;
        if (lost != null) {
            try {
                lost.close();
            } catch (SQLException e) {
                LOG.debug("a lost connection did not close", e);
            }
        }
    }

    private static void pause() {
        try {
            Thread.sleep(WAIT);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    @PreDestroy
    public void close() {
        PeriodicTask running = task;
        if (running != null) {
            running.close();
        }
        drop();
    }
}
