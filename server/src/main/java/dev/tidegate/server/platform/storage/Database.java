package dev.tidegate.server.platform.storage;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.tidegate.server.platform.error.ErrorCode;
import dev.tidegate.server.platform.error.TidegateException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Arrays;
import java.util.Properties;
import java.util.function.Function;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.jdbi.v3.core.ConnectionException;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;
import org.jdbi.v3.core.transaction.TransactionIsolationLevel;
import org.jdbi.v3.postgres.PostgresPlugin;

/** The store of record. A database that is gone is answered within seconds, never by waiting. */
public final class Database implements AutoCloseable {
    private static final Duration CONNECT_LIMIT = Duration.ofSeconds(2);

    private final StorageLocation location;
    private final HikariDataSource pool;
    private final Jdbi jdbi;

    /**
     * Connects and brings the schema to this version.
     *
     * @throws TidegateException when the database cannot be used, with its URL, the user and why
     */
    public Database(StorageLocation location, int poolSize) {
        DatabaseProbe.check(location, DatabaseProbe.OLDEST);
        this.location = location;
        this.pool = new HikariDataSource(poolConfig(location, poolSize));
        this.jdbi = Jdbi.create(pool).installPlugin(new PostgresPlugin());
        try {
            migrate();
        } catch (FlywayException e) {
            pool.close();
            throw DatabaseProbe.unusable(location, "its schema cannot be brought up to date", e);
        }
    }

    private void migrate() {
        Flyway.configure()
                .dataSource(pool)
                .locations("classpath:db/migration")
                .outOfOrder(true)
                .failOnMissingLocations(true)
                .load()
                .migrate();
    }

    private static HikariConfig poolConfig(StorageLocation location, int poolSize) {
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl(location.url());
        config.setUsername(location.username());
        config.setPassword(location.password());
        config.setMaximumPoolSize(poolSize);
        config.setMinimumIdle(1);
        config.setConnectionTimeout(CONNECT_LIMIT.toMillis());
        config.setPoolName("storage");
        config.addDataSourceProperty("socketTimeout", "30");
        config.addDataSourceProperty("connectTimeout", "2");
        config.addDataSourceProperty("tcpKeepAlive", "true");
        config.addDataSourceProperty("ApplicationName", "tidegate");
        return config;
    }

    /** Runs statements that change nothing. */
    public <T> T read(Function<Handle, T> work) {
        return guarded(() -> jdbi.withHandle(work::apply));
    }

    /** Runs statements that change nothing, all on the state of one moment. */
    public <T> T snapshot(Function<Handle, T> work) {
        return guarded(
                () -> jdbi.inTransaction(TransactionIsolationLevel.REPEATABLE_READ, work::apply));
    }

    /** Runs statements all or none; the transaction is rolled back when the work throws. */
    public <T> T transaction(Function<Handle, T> work) {
        return guarded(() -> jdbi.inTransaction(work::apply));
    }

    /**
     * Opens a connection outside the pool, for a session lock or LISTEN; the caller closes it.
     * Reads on it give up after the given time.
     */
    public Connection dedicatedConnection(Duration socketTimeout) throws SQLException {
        Properties properties = new Properties();
        properties.setProperty("user", location.username());
        String password = location.password();
        if (password != null) {
            properties.setProperty("password", password);
        }
        properties.setProperty("connectTimeout", "2");
        properties.setProperty(
                "socketTimeout", Long.toString(Math.max(1, socketTimeout.toSeconds())));
        properties.setProperty("tcpKeepAlive", "true");
        properties.setProperty("ApplicationName", "tidegate");
        return DriverManager.getConnection(location.url(), properties);
    }

    private static <T> T guarded(Work<T> work) {
        try {
            return work.run();
        } catch (ConnectionException e) {
            throw unavailable(e);
        } catch (JdbiException e) {
            if (hasState(e, "08", "57P")) {
                throw unavailable(e);
            }
            if (hasState(e, "22021")) {
                throw new TidegateException(
                        ErrorCode.INVALID_ARGUMENT,
                        "a text with the zero character came, which the database cannot hold;"
                                + " expected one without it",
                        e);
            }
            if (hasState(e, "40")) {
                throw new TidegateException(
                        ErrorCode.CONFLICT,
                        "two changes met in the database and this one was undone; try again",
                        e);
            }
            throw e;
        }
    }

    private static TidegateException unavailable(Exception e) {
        return new TidegateException(
                ErrorCode.STORAGE_UNAVAILABLE,
                "the database does not answer; expected PostgreSQL",
                e);
    }

    /**
     * Returns whether the failure has an SQLSTATE that begins so: 08 is a lost connection, 57P01 to
     * 57P03 a server that stops or starts, 22021 a character that it does not know, 40 a
     * transaction undone for another one's sake.
     */
    private static boolean hasState(Throwable failure, String... beginnings) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException sql
                    && sql.getSQLState() != null
                    && Arrays.stream(beginnings).anyMatch(sql.getSQLState()::startsWith)) {
                return true;
            }
        }
        return false;
    }

    @Override
    public void close() {
        pool.close();
    }

    private interface Work<T> {
        T run();
    }
}
