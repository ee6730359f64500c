package dev.tidegate.server.platform.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedPostgresTest {
    @Test
    void keepsWhatWasCommittedOverARestart(@TempDir Path directory) {
        try (EmbeddedPostgres first = EmbeddedPostgres.start(directory);
                Database database = new Database(first.location(), 2)) {
            database.transaction(tx -> tx.execute("create table kept as select 42 as answer"));
        }
        try (EmbeddedPostgres second = EmbeddedPostgres.start(directory);
                Database database = new Database(second.location(), 2)) {
            assertThat(
                            database.<Integer>read(
                                    handle ->
                                            handle.createQuery("select answer from kept")
                                                    .mapTo(Integer.class)
                                                    .one()))
                    .isEqualTo(42);
        }
    }

    @Test
    void isDurableAndAsksForAPassword(@TempDir Path directory) {
        try (EmbeddedPostgres postgres = EmbeddedPostgres.start(directory);
                Database database = new Database(postgres.location(), 2)) {
            assertThat(setting(database, "fsync")).isEqualTo("on");
            assertThat(setting(database, "synchronous_commit")).isEqualTo("on");
            StorageLocation location = postgres.location();
            assertThatThrownBy(
                            () ->
                                    DriverManager.getConnection(
                                            location.url(), location.username(), "wrong"))
                    .isInstanceOf(SQLException.class)
                    .hasMessageContaining("password authentication failed");
        }
    }

    @Test
    void takesOverFromAPostmasterThatOutlivedItsServer(@TempDir Path directory) {
        EmbeddedPostgres abandoned = EmbeddedPostgres.start(directory);
        try (EmbeddedPostgres next = EmbeddedPostgres.start(directory);
                Database database = new Database(next.location(), 2)) {
            assertThat(next.location().url()).isNotEqualTo(abandoned.location().url());
            assertThat(setting(database, "data_checksums")).isEqualTo("on");
        }
    }

    @Test
    void startsWhereAServerWasKilledWhileItMadeTheCluster(@TempDir Path directory)
            throws IOException {
        Path unfinished = Files.createDirectory(directory.resolve("data.unfinished-123"));
        Files.writeString(unfinished.resolve("PG_VERSION"), "18\n");
        Files.writeString(directory.resolve("password"), "of the attempt");
        try (EmbeddedPostgres postgres = EmbeddedPostgres.start(directory);
                Database database = new Database(postgres.location(), 2)) {
            assertThat(setting(database, "data_checksums")).isEqualTo("on");
            assertThat(unfinished).doesNotExist();
            assertThat(directory).isDirectoryNotContaining("glob:**/data.unfinished-*");
        }
    }

    private static String setting(Database database, String name) {
        return database.read(
                handle -> handle.createQuery("show " + name).mapTo(String.class).one());
    }
}
