package dev.tidegate.server.inference;

import static dev.tidegate.server.inference.InferenceServer.ask;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.tidegate.server.inference.onnx.TestGraph;
import dev.tidegate.server.registry.DataType;
import dev.tidegate.server.registry.RegisteredVersion;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class LoadedVersionsTest {
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
    void closesNoVersionUnderARun() {
        RegisteredVersion version = server.register("m", "1", TestGraph.plus(1));
        AtomicBoolean stop = new AtomicBoolean();
        List<CompletableFuture<Integer>> threads =
                IntStream.range(0, 6)
                        .mapToObj(
                                i ->
                                        CompletableFuture.supplyAsync(
                                                () -> runUntil(stop, version.id(), i),
                                                task -> Thread.ofPlatform().start(task)))
                        .toList();
        for (int turn = 0; turn < 150; turn++) {
            versions.load(version);
            versions.unload(version.id());
        }
        versions.load(version);
        stop.set(true);
        assertThat(threads.stream().mapToInt(CompletableFuture::join).sum()).isPositive();
        assertThat(versions.acquire(version.id())).isNotNull();
    }

    private int runUntil(AtomicBoolean stop, long versionId, int x) {
        int runs = 0;
        while (!stop.get() || runs == 0) {
            LoadedVersion held = versions.acquire(versionId);
            if (held != null) {
                assertThat(
                                ((NumericTensor) held.run(row(x), new int[] {0}, null)[0])
                                        .bytes()
                                        .getFloat(0))
                        .isEqualTo(x + 1);
                held.release();
                runs++;
            }
        }
        return runs;
    }

    @Test
    void keepsAVersionThatSomebodyHoldsAfterItIsUnloaded() {
        RegisteredVersion version = server.register("m", "1", TestGraph.plus(1));
        versions.load(version);
        LoadedVersion held = versions.acquire(version.id());
        assertThat(held).isNotNull();
        versions.unload(version.id());
        assertThat(versions.acquire(version.id())).isNull();
        assertThat(held.run(row(4), new int[] {0}, null)).hasSize(1);
        held.release();
        await().until(() -> !canBeHeld(held));
    }

    private static boolean canBeHeld(LoadedVersion version) {
        boolean held = version.hold();
        if (held) {
            version.release();
        }
        return held;
    }

    @Test
    void keepsAVersionThatARouteNames() {
        RegisteredVersion version = server.register("m", "1", TestGraph.plus(1));
        server.champion(version);
        assertThatThrownBy(() -> versions.unload(version.id())).hasMessageContaining("m version 1");
        assertThat(versions.isLoaded(version.id())).isTrue();
    }

    @Test
    void givesBackWhatABatchJobBroughtIntoMemory() {
        RegisteredVersion version = server.register("m", "1", TestGraph.plus(1));
        try (BulkVersion job = bulk().hold(version)) {
            assertThat(versions.isLoaded(job.version().id())).isTrue();
        }
        assertThat(versions.isLoaded(version.id())).isFalse();
        await().until(
                        () ->
                                server.context
                                        .getBean(InferenceCounters.class)
                                        .of(version.id())
                                        .isEmpty());
    }

    @Test
    void keepsWhatSomebodyElseWantsBesideABatchJob() {
        RegisteredVersion loaded = server.register("m", "1", TestGraph.plus(1));
        RegisteredVersion asked = server.register("m", "2", TestGraph.plus(1));
        RegisteredVersion routed = server.register("m", "3", TestGraph.plus(1));
        RegisteredVersion before = server.register("m", "4", TestGraph.plus(1));
        versions.load(before);
        for (RegisteredVersion version : List.of(loaded, asked, routed, before)) {
            try (BulkVersion job = bulk().hold(version)) {
                switch (version.version()) {
                    case "1" -> versions.load(version);
                    case "2" -> server.stub().modelInfer(ask("m", 1).setModelVersion("2").build());
                    case "3" -> server.champion(version);
                    default -> assertThat(job.version()).isEqualTo(before);
                }
            }
            assertThat(versions.isLoaded(version.id())).as(version.label()).isTrue();
        }
    }

    private BulkInference bulk() {
        return server.context.getBean(BulkInference.class);
    }

    @Test
    void knowsHowFastAVersionIs() {
        RegisteredVersion version = server.register("m", "1", TestGraph.plus(1));
        versions.load(version);
        LoadedVersion held = versions.acquire(version.id());
        assertThat(held).isNotNull();
        assertThat(held.runTimes().p95()).isPositive().isLessThan(Long.MAX_VALUE);
        held.release();
    }

    @Test
    void takesTheNewestRunsForItsSpeed() {
        RunTimes times = new RunTimes();
        assertThat(times.p95()).isEqualTo(Long.MAX_VALUE);
        for (int i = 1; i <= 100; i++) {
            times.add(i);
        }
        times.settle();
        assertThat(times.p95()).isEqualTo(95);
        for (int i = 0; i < 512; i++) {
            times.add(7);
        }
        assertThat(times.p95()).isEqualTo(7);
    }

    @Test
    void noticesSoonThatAVersionHasBecomeSlow() {
        RunTimes times = new RunTimes();
        for (int i = 0; i < 256; i++) {
            times.add(10);
        }
        for (int i = 0; i < 32; i++) {
            times.add(1_000);
        }
        assertThat(times.p95()).isEqualTo(1_000);
    }

    private static Tensor[] row(float x) {
        ByteBuffer bytes = ByteBuffer.allocate(4).order(ByteOrder.LITTLE_ENDIAN).putFloat(0, x);
        return new Tensor[] {new NumericTensor(DataType.FP32, new long[] {1, 1}, bytes)};
    }
}
