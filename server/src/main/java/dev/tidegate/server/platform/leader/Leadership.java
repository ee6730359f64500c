package dev.tidegate.server.platform.leader;

import dev.tidegate.server.audit.AuditEvent;
import dev.tidegate.server.audit.AuditTrail;
import dev.tidegate.server.platform.error.ErrorCode;
import dev.tidegate.server.platform.error.TidegateException;
import dev.tidegate.server.platform.lifecycle.Startup;
import dev.tidegate.server.platform.storage.Database;
import dev.tidegate.server.platform.time.PeriodicTask;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Map;
import java.util.OptionalLong;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Which replica may decide.
 *
 * <p>A PostgreSQL session advisory lock elects; losing the connection loses the leadership. Each
 * election raises the fencing epoch, and each transaction of a leader locks the epoch's row and
 * compares, so that a late leader writes nothing.
 */
@Singleton
public final class Leadership implements Startup, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Leadership.class);
    static final long LOCK = 0x7469_6465_6761_7465L;
    private static final Duration ANSWER_LIMIT = Duration.ofSeconds(4);

    private final Database database;
    private final Replica replica;
    private final AuditTrail audit;
    private @Nullable Connection connection;
    private @Nullable PeriodicTask task;
    private volatile long epoch;

    Leadership(Database database, Replica replica, AuditTrail audit) {
        this.database = database;
        this.replica = replica;
        this.audit = audit;
    }

    @Override
    public int getOrder() {
        return LEASE + 2;
    }

    /** Stands for election from now on. */
    @Override
    public void start() {
        task = PeriodicTask.start("leader-election", Duration.ofSeconds(1), this::round);
    }

    /** Returns the fencing epoch while this replica leads. */
    public OptionalLong epoch() {
        long current = epoch;
        return current == 0 ? OptionalLong.empty() : OptionalLong.of(current);
    }

    /** Locks the epoch's row for the transaction; refuses a leader whose epoch is over. */
    public void fence(Handle tx, long heldEpoch) {
        long current =
                tx.createQuery("select epoch from leadership for update").mapTo(Long.class).one();
        if (current != heldEpoch) {
            throw new TidegateException(
                    ErrorCode.LEADERSHIP_LOST,
                    "leadership epoch " + heldEpoch + " is over; the current one is " + current);
        }
    }

    private void round() {
        try {
            if (connection == null) {
                connection = database.dedicatedConnection(ANSWER_LIMIT);
            }
            if (epoch == 0) {
                stand(connection);
            } else {
                ping(connection);
            }
        } catch (SQLException | JdbiException e) {
            if (epoch != 0) {
                LOG.warn("leadership epoch {} lost with its connection: {}", epoch, e.getMessage());
            }
            stepDown();
        }
    }

    private void stand(Connection open) throws SQLException {
        try (PreparedStatement lock = open.prepareStatement("select pg_try_advisory_lock(?)")) {
            lock.setLong(1, LOCK);
            if (!single(lock.executeQuery()).getBoolean(1)) {
                return;
            }
        }
        epoch = Jdbi.create(open).inTransaction(this::raise);
        LOG.info("leading with epoch {}", epoch);
    }

    private long raise(Handle tx) {
        long raised =
                tx.createQuery(
                                "update leadership set epoch = epoch + 1, replica = :replica,"
                                        + " since = clock_timestamp() returning epoch")
                        .bind("replica", replica.boot())
                        .mapTo(Long.class)
                        .one();
        audit.append(
                tx,
                new AuditEvent(
                        "tidegate",
                        "leadership.taken",
                        "replica/" + replica.name(),
                        Map.of("epoch", raised, "boot", replica.boot().toString())));
        return raised;
    }

    private static ResultSet single(ResultSet rows) throws SQLException {
        if (!rows.next()) {
            throw new SQLException("one row was expected, none came");
        }
        return rows;
    }

    private static void ping(Connection open) throws SQLException {
        try (Statement statement = open.createStatement()) {
            statement.execute("select 1");
        }
    }

    private void stepDown() {
        epoch = 0;
        Connection lost = connection;
        connection = null;
        if (lost != null) {
            try {
                lost.close();
            } catch (SQLException e) {
                LOG.debug("the leader's connection did not close", e);
            }
        }
    }

    @Override
    @PreDestroy
    public void close() {
        PeriodicTask running = task;
        if (running != null) {
            running.close();
        }
        stepDown();
    }
}
