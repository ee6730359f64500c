package dev.tidegate.server.inference;

import static dev.tidegate.server.inference.InferenceServer.ask;
import static dev.tidegate.server.inference.InferenceServer.floats;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.tidegate.server.inference.onnx.OnnxRuntime;
import dev.tidegate.server.inference.onnx.TestGraph;
import dev.tidegate.server.registry.RegisteredVersion;
import dev.tidegate.server.registry.VersionSettings;
import dev.tidegate.server.registry.VersionTuning;
import io.grpc.Metadata;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two small versions fit into memory here, and never three. */
final class MemoryBudgetTest {
    private static final long TWO = 2 * VersionSize.SESSION + VersionSize.SESSION / 2;

    @TempDir private Path home;
    private InferenceServer server;
    private LoadedVersions versions;
    private OnnxRuntime runtime;

    @BeforeEach
    void start() {
        server =
                InferenceServer.start(
                        home,
                        Map.of(
                                "tidegate.inference.warm-up",
                                "1ms",
                                "tidegate.inference.memory-bytes",
                                TWO));
        versions = server.context.getBean(LoadedVersions.class);
        runtime = server.context.getBean(OnnxRuntime.class);
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void evictsTheVersionThatWasUsedLongestAgo() {
        List<RegisteredVersion> registered = register(4);
        answers(1);
        answers(2);
        answers(1);
        answers(3);
        assertThat(inMemory(registered)).containsExactly("1", "3");
        answers(1);
        answers(4);
        assertThat(inMemory(registered)).containsExactly("1", "4");
        assertThat(versions.evictionCount()).isEqualTo(2);
    }

    @Test
    void answersFromEachOfManyVersionsThoughFewFitIntoMemory() {
        List<RegisteredVersion> registered = register(110);
        for (int i = 1; i <= registered.size(); i++) {
            answers(i);
        }
        assertThat(inMemory(registered)).hasSize(2);
        assertThat(versions.loadCount()).isEqualTo(110);
        assertThat(versions.evictionCount()).isEqualTo(108);
    }

    @Test
    void givesSessionsAndBuffersBack() {
        List<RegisteredVersion> registered = register(6);
        for (int i = 1; i <= 6; i++) {
            answers(i);
        }
        await().untilAsserted(() -> assertThat(runtime.openSessions()).isEqualTo(2));
        assertThat(runtime.bufferBytes()).isPositive();
        registered.forEach(version -> versions.unload(version.id()));
        await().untilAsserted(
                        () -> {
                            assertThat(runtime.openSessions()).isZero();
                            assertThat(runtime.bufferBytes()).isZero();
                            assertThat(server.context.getBean(MemoryBudget.class).taken()).isZero();
                        });
    }

    @Test
    void neverEvictsWhatARouteNames() {
        List<RegisteredVersion> registered = register(4);
        server.champion(registered.getFirst());
        answers(2);
        answers(3);
        answers(4);
        assertThat(inMemory(registered)).containsExactly("1", "4");
        server.canary(registered.get(0), registered.get(1), 0.5);
        assertThat(inMemory(registered)).containsExactly("1", "2");
        assertThatThrownBy(() -> answers(3))
                .isInstanceOfSatisfying(
                        StatusRuntimeException.class,
                        refused -> {
                            assertThat(refused.getStatus().getCode())
                                    .isEqualTo(Status.Code.RESOURCE_EXHAUSTED);
                            assertThat(refused.getStatus().getDescription())
                                    .contains("m version 3 needs about 2 MiB")
                                    .contains("tidegate.inference.memory-bytes");
                            assertThat(refused.getTrailers()).isNotNull();
                            assertThat(
                                            refused.getTrailers()
                                                    .get(
                                                            Metadata.Key.of(
                                                                    "grpc-retry-pushback-ms",
                                                                    Metadata
                                                                            .ASCII_STRING_MARSHALLER)))
                                    .isNotNull();
                        });
        assertThat(inMemory(registered)).containsExactly("1", "2");
    }

    @Test
    void loadsWhatARouteNamesBeyondTheBudget() {
        List<RegisteredVersion> registered = register(3);
        server.canary(registered.get(0), registered.get(1), 0.5);
        RegisteredVersion other = server.register("n", "1", TestGraph.plus(7));
        server.champion(other);
        assertThat(inMemory(registered)).containsExactly("1", "2");
        assertThat(floats(server.stub().modelInfer(ask("n", 1).build()))).containsExactly(8f);
    }

    @Test
    void evictsNothingThatABatchJobRuns() {
        List<RegisteredVersion> registered = register(3);
        try (BulkVersion job =
                server.context.getBean(BulkInference.class).hold(registered.getFirst())) {
            answers(2);
            answers(3);
            assertThat(inMemory(registered)).containsExactly(job.version().version(), "3");
        }
        assertThat(inMemory(registered)).containsExactly("3");
    }

    @Test
    void unloadsNothingThatABatchJobRuns() {
        RegisteredVersion version = register(1).getFirst();
        try (BulkVersion job = server.context.getBean(BulkInference.class).hold(version)) {
            assertThatThrownBy(() -> versions.unload(job.version().id()))
                    .hasMessageContaining("m version 1 is run by a batch job");
            assertThat(versions.isLoaded(version.id())).isTrue();
        }
        assertThat(versions.isLoaded(version.id())).isFalse();
    }

    @Test
    void changesSettingsOfTheVersionThatIsUsedLeast() {
        List<RegisteredVersion> registered = register(2);
        answers(1);
        answers(2);
        server.context
                .getBean(VersionTuning.class)
                .set(
                        "",
                        0,
                        "m",
                        "1",
                        VersionSettings.of(Map.of("max-queue", "3")),
                        InferenceServer.ENGINEER);
        assertThat(inMemory(registered)).containsExactly("1");
        answers(1);
    }

    @Test
    void waitsForTheRequestsOfAnEvictedVersion() {
        List<RegisteredVersion> registered = register(3);
        answers(1);
        answers(2);
        LoadedVersion held = versions.acquire(registered.getFirst().id());
        assertThat(held).isNotNull();
        CompletableFuture<Void> third = CompletableFuture.runAsync(() -> answers(3));
        await().until(() -> versions.evictionCount() == 1);
        CompletableFuture<LoadedVersion> load =
                versions.begin(registered.get(2), LoadReason.REQUEST);
        assertThat(load).isNotDone();
        assertThat(
                        held.run(
                                SampleRows.zeros(registered.getFirst().signature()),
                                new int[] {0},
                                null))
                .hasSize(1);
        held.release();
        third.join();
        assertThat(held.hold()).isFalse();
    }

    @Test
    void failsNoRequestWhileVersionsComeAndGo() {
        List<RegisteredVersion> registered = register(5);
        List<CompletableFuture<Void>> clients = new ArrayList<>();
        for (int client = 0; client < 4; client++) {
            int first = client;
            clients.add(
                    CompletableFuture.runAsync(
                            () ->
                                    IntStream.range(0, 25)
                                            .forEach(
                                                    i ->
                                                            answers(
                                                                    1
                                                                            + (first * 3 + i)
                                                                                    % registered
                                                                                            .size())),
                            task -> Thread.ofPlatform().start(task)));
        }
        clients.forEach(CompletableFuture::join);
        assertThat(versions.evictionCount()).isPositive();
        await().untilAsserted(
                        () -> assertThat(runtime.openSessions()).isEqualTo(versions.all().size()));
    }

    @Test
    void neverLoadsAnArtifactThatIsNotWhatWasRegistered() throws Exception {
        RegisteredVersion version = register(1).getFirst();
        damage(version);
        assertThatThrownBy(() -> answers(1))
                .isInstanceOf(StatusRuntimeException.class)
                .hasMessageContaining("artifact " + version.digest() + " is damaged");
        HttpResponse<String> rest = rest("/v2/models/m/versions/1/infer");
        assertThat(rest.statusCode()).isEqualTo(500);
        assertThat(rest.body()).contains("artifact " + version.digest() + " is damaged");
        assertThat(versions.isLoaded(version.id())).isFalse();
        assertThat(runtime.openSessions()).isZero();
        assertThat(server.context.getBean(MemoryBudget.class).taken()).isZero();
    }

    private void damage(RegisteredVersion version) throws IOException {
        Path file = server.artifact(version);
        Files.delete(file);
        Files.write(file, TestGraph.plus(99));
    }

    private HttpResponse<String> rest(String path) throws IOException, InterruptedException {
        try (HttpClient client = HttpClient.newHttpClient()) {
            return client.send(
                    HttpRequest.newBuilder(server.uri(path))
                            .POST(
                                    HttpRequest.BodyPublishers.ofString(
                                            "{\"inputs\": [{\"name\": \"x\", \"datatype\": \"FP32\", \"shape\": [1, 1], \"data\": [3]}]}"))
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
        }
    }

    private List<RegisteredVersion> register(int count) {
        return IntStream.rangeClosed(1, count)
                .mapToObj(i -> server.register("m", Integer.toString(i), TestGraph.plus(i)))
                .toList();
    }

    private void answers(int version) {
        assertThat(
                        floats(
                                server.stub()
                                        .modelInfer(
                                                ask("m", 3)
                                                        .setModelVersion(Integer.toString(version))
                                                        .build())))
                .containsExactly(3f + version);
    }

    private List<String> inMemory(List<RegisteredVersion> registered) {
        return registered.stream()
                .filter(version -> versions.isLoaded(version.id()))
                .map(RegisteredVersion::version)
                .toList();
    }
}
