package dev.tidegate.server.inference;

import static dev.tidegate.server.inference.InferenceServer.ask;
import static dev.tidegate.server.inference.InferenceServer.floats;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.google.common.util.concurrent.ListenableFuture;
import dev.tidegate.proto.inference.GRPCInferenceServiceGrpc;
import dev.tidegate.proto.inference.ModelInferResponse;
import dev.tidegate.server.inference.onnx.TestGraph;
import dev.tidegate.server.platform.error.TidegateException;
import dev.tidegate.server.registry.RegisteredVersion;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class VersionLoadsTest {
    @TempDir private Path home;
    private InferenceServer server;
    private VersionLoads loads;
    private VersionOpening opening;
    private final CountDownLatch opened = new CountDownLatch(1);
    private final AtomicInteger begun = new AtomicInteger();

    @BeforeEach
    void start() {
        server =
                InferenceServer.start(
                        home,
                        Map.of(
                                "tidegate.inference.warm-up",
                                "1ms",
                                "tidegate.inference.loaders",
                                2,
                                "tidegate.inference.deadline",
                                "3s"));
        loads = server.context.getBean(VersionLoads.class);
        opening = server.context.getBean(VersionOpening.class);
    }

    @AfterEach
    void stop() {
        opened.countDown();
        server.close();
    }

    @Test
    void loadsAVersionOnceHoweverManyAskForIt() {
        RegisteredVersion version = server.register("m", "1", TestGraph.plus(1));
        List<CompletableFuture<LoadedVersion>> asked =
                IntStream.range(0, 5)
                        .mapToObj(
                                i ->
                                        loads.begin(
                                                version,
                                                LoadReason.REQUEST,
                                                reason -> slowly(version)))
                        .toList();
        opened.countDown();
        LoadedVersion loaded = asked.getFirst().join();
        assertThat(asked).allSatisfy(each -> assertThat(each.join()).isSameAs(loaded));
        assertThat(begun).hasValue(1);
        loaded.release();
    }

    @Test
    void beginsAnewAfterAFailure() {
        RegisteredVersion version = server.register("m", "1", TestGraph.plus(1));
        CompletableFuture<LoadedVersion> failed =
                loads.begin(
                        version,
                        LoadReason.REQUEST,
                        reason -> {
                            throw TidegateException.unavailable("the disk is away");
                        });
        assertThatThrownBy(() -> VersionLoads.await(failed)).hasMessage("the disk is away");
        LoadedVersion loaded =
                loads.begin(
                                version,
                                LoadReason.REQUEST,
                                reason ->
                                        opening.open(
                                                version,
                                                server.context
                                                        .getBean(MemoryBudget.class)
                                                        .exceed(0),
                                                true))
                        .join();
        assertThat(loaded.version()).isEqualTo(version);
        loaded.release();
    }

    @Test
    void answersWhatNamesAnotherVersionWhileALoadHangs() {
        RegisteredVersion hanging = server.register("m", "1", TestGraph.plus(1));
        server.register("m", "2", TestGraph.plus(2));
        CompletableFuture<LoadedVersion> load =
                loads.begin(hanging, LoadReason.REQUEST, reason -> slowly(hanging));
        await().until(() -> begun.get() == 1);
        assertThat(floats(named("2"))).containsExactly(5f);
        assertThat(load).isNotDone();
    }

    @Test
    void keepsARequestNoLongerThanItsDeadline() {
        RegisteredVersion version = server.register("m", "1", TestGraph.plus(1));
        CompletableFuture<LoadedVersion> hanging =
                loads.begin(version, LoadReason.REQUEST, reason -> slowly(version));
        assertThatThrownBy(() -> named("1"))
                .hasMessageContaining("DEADLINE_EXCEEDED")
                .hasMessageContaining("while m version 1 was being loaded");
        opened.countDown();
        hanging.join().release();
        assertThat(floats(named("1"))).containsExactly(4f);
    }

    @Test
    void loadsWhatARouteNamesBesideLoadsThatHang() {
        RegisteredVersion routed = server.register("m", "1", TestGraph.plus(1));
        List<CompletableFuture<LoadedVersion>> hanging =
                IntStream.rangeClosed(2, 4)
                        .mapToObj(i -> server.register("m", Integer.toString(i), TestGraph.plus(i)))
                        .map(
                                version ->
                                        loads.begin(
                                                version,
                                                LoadReason.REQUEST,
                                                reason -> slowly(version)))
                        .toList();
        await().until(() -> begun.get() == 2);
        CompletableFuture<LoadedVersion> waiting =
                loads.begin(routed, LoadReason.REQUEST, reason -> opened(routed));
        assertThat(waiting).isNotDone();
        LoadedVersion loaded =
                loads.begin(routed, LoadReason.ROUTE, reason -> opened(routed)).join();
        assertThat(waiting.join()).isSameAs(loaded);
        opened.countDown();
        hanging.forEach(load -> load.join().release());
        loaded.release();
    }

    private LoadedVersion opened(RegisteredVersion version) {
        return opening.open(version, server.context.getBean(MemoryBudget.class).exceed(0), true);
    }

    @Test
    void refusesManyWhoWaitForOneVersionAndLetsOthersWait() {
        RegisteredVersion version = server.register("m", "1", TestGraph.plus(1));
        server.register("n", "1", TestGraph.plus(5));
        CompletableFuture<LoadedVersion> hanging =
                loads.begin(version, LoadReason.REQUEST, reason -> slowly(version));
        List<ListenableFuture<ModelInferResponse>> asked =
                IntStream.range(0, 70)
                        .mapToObj(
                                i ->
                                        GRPCInferenceServiceGrpc.newFutureStub(server.channel)
                                                .modelInfer(
                                                        ask("m", i).setModelVersion("1").build()))
                        .toList();
        await().until(
                        () ->
                                asked.stream()
                                        .filter(Future::isDone)
                                        .map(one -> one.exceptionNow().getMessage())
                                        .anyMatch(
                                                text ->
                                                        text.contains(
                                                                "64 requests wait for m version 1")));
        assertThat(floats(server.stub().modelInfer(ask("n", 1).setModelVersion("1").build())))
                .containsExactly(6f);
        opened.countDown();
        hanging.join().release();
    }

    @Test
    void holdsNoThreadOfTheRegistryWhileRequestsWaitForALoad() {
        RegisteredVersion version = server.register("m", "1", TestGraph.plus(1));
        server.register("n", "1", TestGraph.plus(5));
        CompletableFuture<LoadedVersion> hanging =
                loads.begin(version, LoadReason.REQUEST, reason -> slowly(version));
        List<CompletableFuture<ModelInferResponse>> waiting =
                IntStream.range(0, 8)
                        .mapToObj(
                                i ->
                                        CompletableFuture.supplyAsync(
                                                () -> named("1"),
                                                task -> Thread.ofPlatform().start(task)))
                        .toList();
        assertThat(floats(server.stub().modelInfer(ask("n", 3).setModelVersion("1").build())))
                .containsExactly(8f);
        assertThat(hanging).isNotDone();
        opened.countDown();
        hanging.join().release();
        waiting.forEach(each -> each.handle((answer, failure) -> answer).join());
    }

    @Test
    void refusesWhoWaitsWhenTheServerEnds() {
        RegisteredVersion version = server.register("m", "1", TestGraph.plus(1));
        CompletableFuture<LoadedVersion> hanging =
                loads.begin(version, LoadReason.REQUEST, reason -> slowly(version));
        loads.close();
        assertThatThrownBy(() -> VersionLoads.await(hanging)).hasMessageContaining("shutting down");
        assertThatThrownBy(
                        () ->
                                VersionLoads.await(
                                        loads.begin(
                                                version,
                                                LoadReason.REQUEST,
                                                reason ->
                                                        opening.open(
                                                                version,
                                                                server.context
                                                                        .getBean(MemoryBudget.class)
                                                                        .exceed(0),
                                                                true))))
                .hasMessageContaining("shutting down");
    }

    private ModelInferResponse named(String version) {
        return server.stub().modelInfer(ask("m", 3).setModelVersion(version).build());
    }

    private LoadedVersion slowly(RegisteredVersion version) {
        begun.incrementAndGet();
        try {
            opened.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return opening.open(version, server.context.getBean(MemoryBudget.class).exceed(0), true);
    }
}
