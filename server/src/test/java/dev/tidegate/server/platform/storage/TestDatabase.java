package dev.tidegate.server.platform.storage;

import dev.tidegate.server.platform.home.TemporaryFolder;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.util.UUID;

/**
 * One PostgreSQL a test run, a fresh and migrated database for each caller.
 *
 * <p>The server ends with the Java virtual machine.
 */
public final class TestDatabase {
    private static final EmbeddedPostgres SERVER = startServer();

    private TestDatabase() {}

    /** Returns a new database with the current schema; the caller closes it. */
    public static Database create() {
        return new Database(createEmpty(), 6);
    }

    /** Returns where a new, empty database is. */
    public static StorageLocation createEmpty() {
        StorageLocation server = SERVER.location();
        String name = "test_" + UUID.randomUUID().toString().replace("-", "");
        try (Connection connection =
                        DriverManager.getConnection(
                                server.url(), server.username(), server.password());
                Statement statement = connection.createStatement()) {
            statement.execute("create database " + name);
        } catch (java.sql.SQLException e) {
            throw new IllegalStateException("the test database cannot be created", e);
        }
        return new StorageLocation(
                server.url().replaceFirst("/[^/]*$", "/" + name),
                server.username(),
                server.password());
    }

    private static EmbeddedPostgres startServer() {
        try {
            TemporaryFolder folder = TemporaryFolder.create("tidegate-test-postgres");
            EmbeddedPostgres server = EmbeddedPostgres.start(folder.path());
            Runtime.getRuntime().addShutdownHook(new Thread(() -> end(server, folder)));
            return server;
        } catch (java.io.IOException e) {
            throw new IllegalStateException("no directory for the test database", e);
        }
    }

    private static void end(EmbeddedPostgres server, TemporaryFolder folder) {
        try (folder) {
            server.close();
        }
    }
}
