package dev.tidegate.server.inference;

import static dev.tidegate.server.inference.InferenceServer.ask;
import static dev.tidegate.server.inference.InferenceServer.floats;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.tidegate.server.inference.onnx.OnnxRuntime;
import dev.tidegate.server.inference.onnx.TestGraph;
import dev.tidegate.server.platform.error.TidegateException;
import dev.tidegate.server.platform.storage.Database;
import dev.tidegate.server.registry.ArtifactStore;
import dev.tidegate.server.registry.ArtifactUpload;
import dev.tidegate.server.registry.ExecutionProvider;
import dev.tidegate.server.registry.ModelRegistry;
import dev.tidegate.server.registry.NewVersion;
import dev.tidegate.server.registry.RegisteredVersion;
import dev.tidegate.server.registry.VersionRegistration;
import dev.tidegate.server.registry.VersionSettings;
import dev.tidegate.server.registry.VersionTuning;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class VersionTuningTest {
    @TempDir private Path home;
    private InferenceServer server;
    private LoadedVersions versions;

    @BeforeEach
    void start() {
        server = InferenceServer.start(home, Map.of("tidegate.inference.warm-up", "1ms"));
        versions = server.context.getBean(LoadedVersions.class);
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void failsNoRequestWhileSettingsChange() {
        RegisteredVersion version = server.register("m", "1", TestGraph.plus(1));
        server.champion(version);
        AtomicBoolean stop = new AtomicBoolean();
        AtomicLong answered = new AtomicLong();
        List<CompletableFuture<Void>> clients =
                IntStream.range(0, 4)
                        .mapToObj(
                                i ->
                                        CompletableFuture.runAsync(
                                                () -> askUntil(stop, answered, i),
                                                task -> Thread.ofPlatform().start(task)))
                        .toList();
        for (int turn = 1; turn <= 21; turn++) {
            long before = answered.get();
            set("instances", Integer.toString(1 + turn % 3));
            await().until(() -> answered.get() > before || clients.get(0).isDone());
        }
        stop.set(true);
        clients.forEach(CompletableFuture::join);
        assertThat(loaded(version).version().settings().values()).containsEntry("instances", "1");
    }

    private void askUntil(AtomicBoolean stop, AtomicLong answered, float x) {
        while (!stop.get()) {
            assertThat(floats(server.stub().modelInfer(ask("m", x).build())))
                    .containsExactly(x + 1);
            answered.incrementAndGet();
        }
    }

    @Test
    void writesTheChangeIntoTheAuditTrailOnce() {
        server.register("m", "1", TestGraph.plus(1));
        set("max-batch", "64");
        long revision = server.context.getBean(ModelRegistry.class).model("m").revision();
        set("max-batch", "64");
        assertThat(server.context.getBean(ModelRegistry.class).model("m").revision())
                .isEqualTo(revision);
        List<String> details =
                server.context
                        .getBean(Database.class)
                        .read(
                                handle ->
                                        handle.createQuery(
                                                        "select detail from audit_event where action = 'version.settings'")
                                                .mapTo(String.class)
                                                .list());
        assertThat(details).containsExactly("{\"max-batch\":\"64\"}");
    }

    @Test
    void refusesAStaleRevision() {
        server.register("m", "1", TestGraph.plus(1));
        assertThatThrownBy(
                        () ->
                                server.context
                                        .getBean(VersionTuning.class)
                                        .set(
                                                "",
                                                99,
                                                "m",
                                                "1",
                                                VersionSettings.DEFAULT,
                                                InferenceServer.ENGINEER))
                .hasMessageContaining("expected 99");
    }

    @Test
    void refusesAProviderThatTheRuntimeLacksAndGoesOnAsBefore() {
        Assumptions.assumeFalse(
                server.context.getBean(OnnxRuntime.class).offers(ExecutionProvider.CUDA),
                "this runtime has CUDA");
        RegisteredVersion version = server.register("m", "1", TestGraph.plus(1));
        server.champion(version);
        assertThatThrownBy(() -> set("provider", "cuda"))
                .isInstanceOf(TidegateException.class)
                .hasMessageContaining("m version 1")
                .hasMessageContaining("'cuda'")
                .hasMessageContaining("CPU")
                .hasMessageContaining("profile 'gpu'");
        assertThat(server.context.getBean(ModelRegistry.class).version("m", "1").settings())
                .isEqualTo(VersionSettings.DEFAULT);
        assertThat(loaded(version).version().settings()).isEqualTo(VersionSettings.DEFAULT);
        assertThat(floats(server.stub().modelInfer(ask("m", 1).build()))).containsExactly(2f);
    }

    @Test
    void followsAChangeOfAnotherReplica() {
        RegisteredVersion version = server.register("m", "1", TestGraph.plus(1));
        server.champion(version);
        server.context
                .getBean(Database.class)
                .transaction(
                        tx ->
                                tx.execute(
                                        "update model_version set settings = '{\"max-queue\":\"7\"}'"));
        LoadedVersion before = loaded(version);
        server.context.getBean(TunedVersions.class).follow();
        assertThat(loaded(version)).isNotSameAs(before);
        assertThat(loaded(version).version().settings().maxQueue()).hasValue(7);
        assertThat(before.hold()).as("the old session is closed").isFalse();
        LoadedVersion now = loaded(version);
        server.context.getBean(TunedVersions.class).follow();
        assertThat(loaded(version)).isSameAs(now);
    }

    @Test
    void registersWithSettings() {
        RegisteredVersion version = register(VersionSettings.of(Map.of("optimization", "none")));
        assertThat(version.settings().values()).containsExactly(Map.entry("optimization", "none"));
        assertThat(register(VersionSettings.DEFAULT)).isEqualTo(version);
        assertThatThrownBy(() -> register(VersionSettings.of(Map.of("optimization", "all"))))
                .hasMessageContaining("tidegate model settings");
    }

    private RegisteredVersion register(VersionSettings settings) {
        try (ArtifactUpload upload = server.context.getBean(ArtifactStore.class).begin()) {
            upload.write(TestGraph.plus(1));
            return server.context
                    .getBean(VersionRegistration.class)
                    .register(
                            new NewVersion("", 0, "m", "1", List.of(), "", settings, ""),
                            upload,
                            InferenceServer.ENGINEER);
        }
    }

    private void set(String name, String value) {
        server.context
                .getBean(VersionTuning.class)
                .set(
                        "",
                        0,
                        "m",
                        "1",
                        VersionSettings.of(Map.of(name, value)),
                        InferenceServer.ENGINEER);
    }

    /** Returns the version in memory, no longer held. */
    private LoadedVersion loaded(RegisteredVersion version) {
        LoadedVersion loaded = Objects.requireNonNull(versions.acquire(version.id()));
        loaded.release();
        return loaded;
    }
}
