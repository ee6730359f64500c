package dev.tidegate.server.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tidegate.server.inference.InferenceServer;
import dev.tidegate.server.inference.onnx.TestGraph;
import dev.tidegate.server.platform.error.ErrorKind;
import dev.tidegate.server.platform.error.TidegateException;
import dev.tidegate.server.platform.leader.Replica;
import dev.tidegate.server.platform.storage.Database;
import dev.tidegate.server.registry.ArtifactStore;
import dev.tidegate.server.registry.RegisteredVersion;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class BatchFilesTest {
    private InferenceServer server;
    private BatchFiles files;
    private ArtifactStore artifacts;
    private RegisteredVersion version;

    @BeforeAll
    void start(@TempDir Path home) {
        server =
                InferenceServer.start(
                        home,
                        Map.of(
                                "tidegate.batch.max-bytes", 100,
                                "tidegate.batch.max-stored-bytes", 150));
        files = server.context.getBean(BatchFiles.class);
        artifacts = server.context.getBean(ArtifactStore.class);
        version = server.register("m", "1", TestGraph.plus(10));
    }

    @AfterAll
    void stop() {
        server.close();
    }

    @BeforeEach
    void empty() {
        database().transaction(tx -> tx.execute("delete from batch_job"));
        files.sweep();
    }

    @Test
    void boundsTheBytesOfAllFilesAndRemovesThoseThatNoJobNames() {
        StoredFile first = submitted("a".repeat(100));
        assertThat(artifacts.has(first.digest())).isTrue();
        assertThatThrownBy(() -> submitted("b".repeat(60)))
                .isInstanceOfSatisfying(
                        TidegateException.class,
                        e -> assertThat(e.code().kind()).isEqualTo(ErrorKind.EXHAUSTED))
                .hasMessageContaining(
                        "files of batch jobs take 100 bytes and 60 more came, expected at most 150");
        assertThatThrownBy(() -> room().require(60)).hasMessageContaining("100 bytes and 60");
        assertThat(submitted("a".repeat(100))).isEqualTo(first);

        String orphan = orphan("c".repeat(20));
        assertThat(artifacts.has(orphan)).isTrue();
        files.sweep();
        assertThat(artifacts.has(orphan)).isFalse();
        assertThat(artifacts.has(first.digest())).isTrue();
        assertThat(artifacts.has(version.digest())).isTrue();
        submitted("d".repeat(50));

        database()
                .transaction(
                        tx ->
                                tx.execute(
                                        "update batch_job set state = 'CANCELLED', ended_at = now() - interval '8 days'"));
        files.forgetOld(tx -> {});
        files.sweep();
        assertThat(artifacts.has(first.digest())).isFalse();
        submitted("e".repeat(100));
    }

    @Test
    void countsFilesThatAreOnTheirWayWithAllThatTheyTake() {
        try (BatchUpload upload = upload("h".repeat(70))) {
            assertThatThrownBy(() -> room().require(90))
                    .hasMessageContaining("take 0 bytes and 160 more came");
            upload.holdsBeside(50);
            assertThatThrownBy(() -> submitted("i".repeat(40)))
                    .hasMessageContaining("take 0 bytes and 160 more came");
            upload.holdsBeside(20);
            submitted("i".repeat(40));
        }
        room().require(110);
        try (BatchUpload upload = upload("")) {
            assertThatThrownBy(() -> upload.holdsBeside(5 << 20))
                    .hasMessageContaining("take 40 bytes and 5242880 more came");
        }
        room().require(110);
    }

    @Test
    void leavesFilesOfAnotherStoreToItsServers() {
        database()
                .transaction(
                        tx ->
                                tx.execute(
                                        "insert into batch_file (digest, bytes, store) values"
                                                + " ('elsewhere', 1000, 'there')"));
        submitted("j".repeat(100));
        files.sweep();
        List<String> noted =
                database()
                        .read(
                                handle ->
                                        handle.createQuery(
                                                        "select digest from batch_file where store"
                                                                + " <> ''")
                                                .mapTo(String.class)
                                                .list());
        assertThat(noted).contains("elsewhere").hasSize(2);
        database().transaction(tx -> tx.execute("delete from batch_file where store = 'there'"));
    }

    @Test
    void leavesNothingOfAFileWhoseWorkFails() {
        String[] digest = {""};
        assertThatThrownBy(
                        () -> {
                            try (BatchUpload upload = upload("f".repeat(10))) {
                                digest[0] = upload.end().digest();
                                files.keep(
                                        upload,
                                        tx -> {
                                            assertThat(artifacts.has(digest[0])).isTrue();
                                            throw new IllegalStateException("no");
                                        });
                            }
                        })
                .hasMessage("no");
        assertThat(artifacts.has(digest[0])).isFalse();
    }

    @Test
    void leavesAJobToTheServerThatHasItsFile() {
        BatchTable table = server.context.getBean(BatchTable.class);
        UUID here = server.context.getBean(Replica.class).boot();
        submitted("g");
        assertThat(next(table, here)).isPresent();
        UUID other = UUID.randomUUID();
        database()
                .transaction(
                        tx ->
                                tx.execute(
                                        "insert into replica (boot, name, started_at, lease_until)"
                                                + " values (?, 'other', now(), now() + interval '1 hour')",
                                        other));
        assertThat(next(table, here)).isEmpty();
        database().transaction(tx -> tx.execute("delete from replica where boot = ?", other));
    }

    private Optional<UUID> next(BatchTable table, UUID boot) {
        return database().transaction(tx -> table.next(tx, boot, Duration.ZERO, digest -> false));
    }

    private StoredFile submitted(String content) {
        try (BatchUpload upload = upload(content)) {
            StoredFile file = upload.end();
            BatchTable table = server.context.getBean(BatchTable.class);
            NewBatch batch = new NewBatch("", "m", "1", "rows.csv", "", ResultForm.CSV, List.of());
            return files.keep(
                    upload,
                    tx -> {
                        table.insert(tx, UUID.randomUUID(), version.id(), batch, file, "eva");
                        return file;
                    });
        }
    }

    /** Returns the digest of a file that was noted and kept by a server that was killed then. */
    private String orphan(String content) {
        try (BatchUpload upload = upload(content)) {
            StoredFile file = upload.end();
            BatchFileTable stored = server.context.getBean(BatchFileTable.class);
            database()
                    .transaction(
                            tx -> {
                                stored.note(tx, file);
                                return file;
                            });
            artifacts.keep(upload.file());
            return file.digest();
        }
    }

    private BatchUpload upload(String content) {
        BatchUpload upload = files.begin();
        upload.write(content.getBytes(StandardCharsets.UTF_8));
        return upload;
    }

    private BatchRoom room() {
        return server.context.getBean(BatchRoom.class);
    }

    private Database database() {
        return server.context.getBean(Database.class);
    }
}
