package dev.tidegate.server.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tidegate.server.inference.BulkInference;
import dev.tidegate.server.inference.InferenceServer;
import dev.tidegate.server.inference.onnx.TestGraph;
import dev.tidegate.server.platform.error.ErrorCode;
import dev.tidegate.server.platform.error.TidegateException;
import dev.tidegate.server.platform.storage.Database;
import dev.tidegate.server.registry.RegisteredVersion;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Jobs that cannot go on; nobody runs any here. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class BatchBookTest {
    private InferenceServer server;
    private BatchBook book;
    private RegisteredVersion version;

    @BeforeAll
    void start(@TempDir Path home) {
        server = InferenceServer.start(home, Map.of("tidegate.inference.memory-bytes", 1));
        book = server.context.getBean(BatchBook.class);
        version = server.register("m", "1", TestGraph.plus(10));
    }

    @AfterAll
    void stop() {
        server.close();
    }

    @Test
    void letsOthersGoFirstForLongerEachTimeAndSaysSoOnce() {
        UUID id = queued();
        for (int pause : List.of(10, 20, 40, 80, 160, 320, 640, 640)) {
            BatchJob job = taken(id);
            book.putAside(job, "it waits: for its server");
            assertThat(pauseSeconds(id)).isEqualTo(pause);
            assertThat(book.get(id).attempts()).isZero();
        }
        assertThat(audited(id)).containsExactly("batch.queued", "batch.running", "batch.queued");

        BatchJob job = taken(id);
        assertThat(book.progress(job, new BatchProgress(1, 0, 0.5))).isTrue();
        assertThat(book.progress(job, new BatchProgress(2, 0, 1))).isTrue();
        assertThat(audited(id)).hasSize(4).endsWith("batch.running");
        book.putAside(job, "it waits: once more");
        assertThat(pauseSeconds(id)).isEqualTo(10);
        assertThat(audited(id)).hasSize(5).endsWith("batch.queued");
    }

    @Test
    void neverWaitsForRoomThatThereCannotBe() {
        assertThatThrownBy(() -> server.context.getBean(BulkInference.class).hold(version))
                .isInstanceOfSatisfying(
                        TidegateException.class,
                        e -> assertThat(e.code()).isEqualTo(ErrorCode.PRECONDITION))
                .hasMessageContaining("m version 1 needs about 2 MiB")
                .hasMessageContaining("tidegate.inference.memory-bytes");
    }

    private UUID queued() {
        UUID id = UUID.randomUUID();
        NewBatch batch = new NewBatch("", "m", "1", "rows.csv", "", ResultForm.CSV, List.of());
        database()
                .transaction(
                        tx -> {
                            server.context
                                    .getBean(BatchTable.class)
                                    .insert(
                                            tx,
                                            id,
                                            version.id(),
                                            batch,
                                            new StoredFile("d", 1),
                                            "eva");
                            book.queued(tx, id, Map.of(), "eva");
                            return id;
                        });
        return id;
    }

    private BatchJob taken(UUID id) {
        database().transaction(tx -> tx.execute("update batch_job set not_before = now()"));
        BatchJob job = book.take(digest -> true).orElseThrow();
        assertThat(job.id()).isEqualTo(id);
        return job;
    }

    private int pauseSeconds(UUID id) {
        return database()
                .read(
                        handle ->
                                handle.createQuery(
                                                "select round(extract(epoch from not_before -"
                                                        + " changed_at)) from batch_job where id = :id")
                                        .bind("id", id)
                                        .mapTo(Integer.class)
                                        .one());
    }

    private List<String> audited(UUID id) {
        return database()
                .read(
                        handle ->
                                handle.createQuery(
                                                "select action from audit_event where subject ="
                                                        + " :subject order by sequence")
                                        .bind("subject", BatchJob.subject(id))
                                        .mapTo(String.class)
                                        .list());
    }

    private Database database() {
        return server.context.getBean(Database.class);
    }
}
