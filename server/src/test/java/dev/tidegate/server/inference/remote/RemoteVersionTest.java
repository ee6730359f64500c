package dev.tidegate.server.inference.remote;

import static dev.tidegate.server.inference.InferenceServer.ask;
import static dev.tidegate.server.inference.InferenceServer.floats;
import static dev.tidegate.server.inference.InferenceServer.parameter;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.google.common.util.concurrent.ListenableFuture;
import dev.tidegate.proto.inference.GRPCInferenceServiceGrpc;
import dev.tidegate.proto.inference.ModelInferRequest;
import dev.tidegate.proto.inference.ModelInferResponse;
import dev.tidegate.proto.inference.ModelReadyRequest;
import dev.tidegate.server.inference.BulkInference;
import dev.tidegate.server.inference.BulkVersion;
import dev.tidegate.server.inference.InferenceServer;
import dev.tidegate.server.inference.onnx.TestGraph;
import dev.tidegate.server.journal.ArmEvent;
import dev.tidegate.server.journal.Outcome;
import dev.tidegate.server.platform.error.TidegateException;
import dev.tidegate.server.platform.metric.MetricSample;
import dev.tidegate.server.registry.Hedging;
import dev.tidegate.server.registry.RegisteredVersion;
import dev.tidegate.server.registry.RemoteAddress;
import dev.tidegate.server.registry.RemotePlace;
import dev.tidegate.server.registry.RemotePlaceJson;
import dev.tidegate.server.registry.RemoteServers;
import dev.tidegate.server.registry.RemoteState;
import dev.tidegate.server.registry.VersionLoader;
import dev.tidegate.server.registry.VersionSettings;
import dev.tidegate.server.registry.VersionTuning;
import dev.tidegate.server.stats.Arm;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.StreamObserver;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Versions that other servers run, from the gRPC edge to the journal; those servers are real. */
final class RemoteVersionTest {
    private static final Hedging NONE = new Hedging(new Hedging.Start.Never(), 0);
    private static final Hedging ALWAYS =
            new Hedging(new Hedging.Start.After(Duration.ofMillis(1)), 1);

    @TempDir private Path home;
    private final ForeignServer one = new ForeignServer(1);
    private final ForeignServer two = new ForeignServer(1);
    private InferenceServer server;

    @BeforeEach
    void start() {
        server =
                InferenceServer.start(
                        home,
                        Map.of(
                                "tidegate.remote.probe-interval",
                                "100ms",
                                "tidegate.remote.probe-timeout",
                                "20s",
                                "tidegate.remote.open-for",
                                "100ms",
                                "tidegate.inference.deadline",
                                "20s"));
    }

    @AfterEach
    void stop() {
        server.close();
        one.close();
        two.close();
    }

    @Test
    void answersFromTheOtherServer() {
        RegisteredVersion version = register("1", NONE, one);
        server.champion(version);
        ModelInferResponse response = server.stub().modelInfer(ask("m", 3).setId("7").build());
        assertThat(floats(response)).containsExactly(4f);
        assertThat(response.getModelName()).isEqualTo("m");
        assertThat(response.getId()).isEqualTo("7");
        assertThat(parameter(response, "tidegate_version")).isEqualTo("1");
        assertThat(one.requests)
                .singleElement()
                .satisfies(
                        request -> {
                            assertThat(request.getModelName()).isEqualTo("there");
                            assertThat(request.getModelVersion()).isEqualTo("9");
                        });
        assertThat(version.signature().inputs().getFirst().name()).isEqualTo("x");
        assertThat(server.events()).extracting(ArmEvent::outcome).containsExactly(Outcome.OK);
    }

    @Test
    void answersRowsOfABatchJobOneByOne() {
        RegisteredVersion version = register("1", NONE, one);
        server.champion(version);
        for (int i = 0; i < 40; i++) {
            server.stub().modelInfer(ask("m", i).build());
        }
        BulkInference bulk = server.context.getBean(BulkInference.class);
        try (BulkVersion held = bulk.hold(version)) {
            assertThat(held.version()).isEqualTo(version);
        }
        assertThat(one.requests).hasSize(40);
    }

    @Test
    void refusesSettingsThatItCannotFollow() {
        RegisteredVersion version = register("1", NONE, one);
        VersionTuning tuning = server.context.getBean(VersionTuning.class);
        VersionSettings settings = VersionSettings.of(Map.of("max-queue", "3"));
        assertThatThrownBy(() -> tuning.set("", 0, "m", "1", settings, InferenceServer.ENGINEER))
                .isInstanceOf(TidegateException.class)
                .hasMessage(
                        "m version 1 runs on another server, which knows no settings of this one; expected none, got {max-queue=3}");
        assertThat(version.settings()).isEqualTo(VersionSettings.DEFAULT);
    }

    @Test
    void keepsARegisteredPlaceAndItsDigest() {
        RegisteredVersion version = register("1", ALWAYS, one, two);
        assertThat(register("1", ALWAYS, one, two)).isEqualTo(version);
        assertThatThrownBy(() -> register("1", NONE, one, two))
                .hasMessageContaining("m version 1 is registered with digest " + version.digest());
    }

    @Test
    void refusesToRegisterWhatIsNotThere() {
        two.die();
        assertThatThrownBy(() -> register("1", NONE, one, two))
                .isInstanceOf(TidegateException.class)
                .hasMessageContaining("m version 1 at " + two.address() + ": UNAVAILABLE");
        one.ready = false;
        assertThatThrownBy(() -> register("1", NONE, one))
                .hasMessageContaining(
                        one.address() + ": model 'there' version '9' is not ready there");
    }

    @Test
    void refusesServersThatDoNotAgreeAndSignaturesThatDoNotFit() {
        two.datatype = "FP64";
        assertThatThrownBy(() -> register("1", NONE, one, two))
                .hasMessageContaining("m version 1 is not the same everywhere")
                .hasMessageContaining("FP64");
        assertThatThrownBy(
                        () ->
                                server.register(
                                        "m",
                                        "1",
                                        place(NONE, 9, one),
                                        """
                                        {"columns": [], "inputs": [{"name": "x", "datatype": "FP64", "shape": [-1, 1]}],
                                         "outputs": [{"name": "y", "datatype": "FP32", "shape": [-1, 1]}]}
                                        """))
                .hasMessageContaining("input 'x' is FP64, but the graph has FP32");
    }

    static Stream<Arguments> lies() {
        return Stream.of(
                Arguments.of(
                        ForeignServer.response("y", "FP32", List.of(2L, 1L), 0),
                        "output 'y': 4 bytes of raw content came, expected 8"),
                Arguments.of(
                        ForeignServer.response("y", "FP32", List.of(1L, 1L << 40), 0),
                        "output 'y': shape [1, 1099511627776] came, expected [-1, 1]"),
                Arguments.of(
                        ForeignServer.response("y", "FP32", List.of(1L), 0), "expected rank 2"),
                Arguments.of(
                        ForeignServer.response("y", "INT32", List.of(1L, 1L), 0),
                        "output 'y': datatype 'INT32' came, expected FP32"),
                Arguments.of(
                        ForeignServer.response("z", "FP32", List.of(1L, 1L), 0),
                        "output 'y': it is missing; 'z' came"));
    }

    @ParameterizedTest
    @MethodSource("lies")
    void refusesAnAnswerThatIsNotWhatTheSignatureSays(ModelInferResponse lie, String reason) {
        server.champion(register("1", NONE, one));
        one.behaviour = (request, observer) -> ForeignServer.reply(observer, lie);
        assertThatThrownBy(() -> server.stub().modelInfer(ask("m", 3).build()))
                .satisfies(
                        e ->
                                assertThat(Status.fromThrowable(e).getCode())
                                        .isEqualTo(Status.Code.INTERNAL))
                .hasMessageContaining("m version 1 at " + one.address())
                .hasMessageContaining(reason);
        one.heal();
        assertThat(floats(server.stub().modelInfer(ask("m", 3).build()))).containsExactly(4f);
    }

    @Test
    void opensTheBreakerOfADeadServerAndClosesItWhenItIsBack() {
        RegisteredVersion version = register("1", NONE, one);
        server.champion(version);
        assertThat(state(version).breaker()).isEqualTo("closed");
        one.die();
        await().untilAsserted(() -> assertThat(state(version).breaker()).isEqualTo("open"));
        assertThat(state(version).lastFailure()).contains("UNAVAILABLE");
        assertThatThrownBy(() -> server.stub().modelInfer(ask("m", 3).build()))
                .satisfies(
                        e ->
                                assertThat(Status.fromThrowable(e).getCode())
                                        .isEqualTo(Status.Code.UNAVAILABLE))
                .hasMessageContaining(one.address());
        assertThat(breakerMetric("closed")).isZero();
        one.start();
        await().untilAsserted(() -> assertThat(state(version).breaker()).isEqualTo("closed"));
        assertThat(floats(server.stub().modelInfer(ask("m", 3).build()))).containsExactly(4f);
        assertThat(breakerMetric("closed")).isOne();
    }

    @Test
    void opensTheBreakerOfAServerThatRefusesRequestsThoughItSaysItIsReady() {
        RegisteredVersion version = register("1", NONE, one);
        server.champion(version);
        one.behaviour =
                (request, observer) ->
                        observer.onError(
                                Status.RESOURCE_EXHAUSTED
                                        .withDescription("no room")
                                        .asRuntimeException());
        for (int i = 0; i < 5; i++) {
            assertThatThrownBy(() -> server.stub().modelInfer(ask("m", 3).build()))
                    .hasMessageContaining("no room");
        }
        int asked = one.asked.get();
        assertThat(asked).isEqualTo(5);
        one.heal();
        await().untilAsserted(() -> assertThat(state(version).breaker()).isEqualTo("closed"));
        assertThat(floats(server.stub().modelInfer(ask("m", 3).build()))).containsExactly(4f);
    }

    @Test
    void answersFromTheOtherServerWhenOneIsDead() {
        server.champion(register("1", NONE, one, two));
        one.die();
        for (int i = 0; i < 10; i++) {
            assertThat(floats(server.stub().modelInfer(ask("m", i).build())))
                    .containsExactly(i + 1f);
        }
        assertThat(two.asked).hasValue(10);
    }

    @Test
    void answersFromTheOtherServerWhenOneDiesMeanwhile() throws Exception {
        server.champion(register("1", NONE, one, two));
        one.hang();
        two.hang();
        Future<ModelInferResponse> answer = later();
        await().until(() -> one.asked.get() + two.asked.get() == 1);
        ForeignServer first = one.asked.get() == 1 ? one : two;
        (first == one ? two : one).heal();
        first.die();
        assertThat(floats(answer.get())).containsExactly(4f);
    }

    @Test
    void doesNotAskASecondServerWhatTheModelFailedOn() {
        server.champion(register("1", NONE, one, two));
        for (ForeignServer each : List.of(one, two)) {
            each.behaviour =
                    (request, observer) ->
                            observer.onError(
                                    Status.INTERNAL
                                            .withDescription("no such row")
                                            .asRuntimeException());
        }
        assertThatThrownBy(() -> server.stub().modelInfer(ask("m", 3).build()))
                .hasMessageContaining("INTERNAL: no such row");
        assertThat(one.asked.get() + two.asked.get()).isOne();
    }

    @Test
    void sendsRequestsElsewhereWhenAServerFailsThemAtOnce() {
        server.champion(register("1", NONE, one, two));
        one.behaviour = RemoteVersionTest::fail;
        assertThat(failuresOf(40)).isBetween(1, 12);
        assertThat(two.asked.get()).isGreaterThanOrEqualTo(28);
    }

    @Test
    void sendsRequestsElsewhereWhenAServerAnswersWhatIsNotTheSignatures() {
        server.champion(register("1", NONE, one, two));
        ModelInferResponse lie = ForeignServer.response("z", "FP32", List.of(1L, 1L), 0);
        one.behaviour = (request, observer) -> ForeignServer.reply(observer, lie);
        assertThat(failuresOf(40)).isBetween(1, 12);
    }

    @Test
    void goesOnAskingServersThatAllFail() {
        server.champion(register("1", NONE, one, two));
        one.behaviour = RemoteVersionTest::fail;
        two.behaviour = RemoteVersionTest::fail;
        assertThat(failuresOf(20)).isEqualTo(20);
        assertThat(one.asked.get()).isPositive();
        assertThat(two.asked.get()).isPositive();
    }

    private static void fail(
            ModelInferRequest request, StreamObserver<ModelInferResponse> observer) {
        observer.onError(Status.INTERNAL.withDescription("amiss").asRuntimeException());
    }

    private int failuresOf(int requests) {
        int failures = 0;
        for (int i = 0; i < requests; i++) {
            try {
                server.stub().modelInfer(ask("m", 3).build());
            } catch (StatusRuntimeException e) {
                failures++;
            }
        }
        return failures;
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "gRPC message exceeds maximum size 4194304: 5242880",
                "Received message larger than max (5242880 vs. 4194304)",
                "grpc: received message larger than max (5242880 vs. 4194304)"
            })
    void blamesNoServerForARequestThatIsTooLargeForIt(String said) {
        RegisteredVersion version = register("1", NONE, one, two);
        server.champion(version);
        for (ForeignServer each : List.of(one, two)) {
            each.behaviour =
                    (request, observer) ->
                            observer.onError(
                                    Status.RESOURCE_EXHAUSTED
                                            .withDescription(said)
                                            .asRuntimeException());
        }
        for (int i = 0; i < 20; i++) {
            assertThatThrownBy(() -> server.stub().modelInfer(ask("m", 3).build()))
                    .satisfies(
                            e ->
                                    assertThat(Status.fromThrowable(e).getCode())
                                            .isEqualTo(Status.Code.INVALID_ARGUMENT))
                    .hasMessageContaining(said);
        }
        assertThat(one.asked.get() + two.asked.get()).isEqualTo(20);
        assertThat(state(version).breaker()).isEqualTo("closed");
    }

    @ParameterizedTest
    @EnumSource(
            value = Status.Code.class,
            names = {"NOT_FOUND", "UNIMPLEMENTED", "UNAUTHENTICATED", "PERMISSION_DENIED"})
    void isAwayWhileItsServerDoesNotServeIt(Status.Code code) {
        server.champion(register("1", NONE, one));
        one.behaviour =
                (request, observer) -> observer.onError(Status.fromCode(code).asRuntimeException());
        assertThatThrownBy(() -> server.stub().modelInfer(ask("m", 3).build()))
                .satisfies(
                        e ->
                                assertThat(Status.fromThrowable(e).getCode())
                                        .isEqualTo(Status.Code.UNAVAILABLE))
                .hasMessageContaining(code.name());
    }

    @Test
    void isNotReadyWhileAllItsServersAreAway() {
        server.champion(register("1", NONE, one, two));
        assertThat(isReady()).isTrue();
        one.die();
        two.die();
        await().until(() -> !isReady());
        two.start();
        await().until(this::isReady);
    }

    private boolean isReady() {
        return server.stub()
                .modelReady(ModelReadyRequest.newBuilder().setName("m").build())
                .getReady();
    }

    @Test
    void makesANewConnectionWhenNothingIsHeardOnTheOldOne() throws Exception {
        server.close();
        server = InferenceServer.start(home.resolve("hasty"), hasty("200ms"));
        try (Link link = new Link(one.port())) {
            server.champion(
                    server.register(
                            "m",
                            "1",
                            new RemotePlace(
                                    List.of(RemoteAddress.parse("grpc://127.0.0.1:" + link.port())),
                                    "there",
                                    "9",
                                    Duration.ofSeconds(20),
                                    NONE,
                                    8),
                            ""));
            assertThat(floats(server.stub().modelInfer(ask("m", 3).build()))).containsExactly(4f);
            link.silence();
            await().ignoreExceptionsInstanceOf(StatusRuntimeException.class)
                    .untilAsserted(
                            () ->
                                    assertThat(
                                                    floats(
                                                            server.stub()
                                                                    .withDeadlineAfter(
                                                                            500,
                                                                            TimeUnit.MILLISECONDS)
                                                                    .modelInfer(
                                                                            ask("m", 5).build())))
                                            .containsExactly(6f));
        }
    }

    @Test
    void keepsTheBreakerOfASlowModelShutWhenItsClientsAreImpatient() {
        server.close();
        server = InferenceServer.start(home.resolve("hasty"), hasty("20s"));
        RegisteredVersion version = register("1", NONE, one);
        server.champion(version);
        try (ScheduledExecutorService slow = Executors.newScheduledThreadPool(8)) {
            one.behaviour =
                    (request, observer) -> {
                        Future<?> unused =
                                slow.schedule(
                                        () -> one.answer(request, observer),
                                        200,
                                        TimeUnit.MILLISECONDS);
                    };
            for (int i = 0; i < 32; i++) {
                server.stub().modelInfer(ask("m", i).build());
            }
            for (int i = 0; i < 20; i++) {
                assertThatThrownBy(
                        () ->
                                server.stub()
                                        .withDeadlineAfter(100, TimeUnit.MILLISECONDS)
                                        .modelInfer(ask("m", 3).build()));
            }
            await().until(() -> one.cancelled.get() == 20);
            assertThat(state(version).breaker()).isEqualTo("closed");
        }
    }

    /** Returns settings under which 10 ms without an answer speak against a server. */
    private static Map<String, Object> hasty(String probeTimeout) {
        return Map.of(
                "tidegate.remote.probe-interval",
                "100ms",
                "tidegate.remote.probe-timeout",
                probeTimeout,
                "tidegate.remote.unanswered-after",
                "10ms",
                "tidegate.remote.open-for",
                "100ms",
                "tidegate.inference.deadline",
                "20s");
    }

    @Test
    void takesTheFirstAnswerOfASecondTryAndCancelsTheLoser() {
        server.champion(register("1", ALWAYS, one, two));
        one.hang();
        for (int i = 0; i < 6; i++) {
            assertThat(floats(server.stub().modelInfer(ask("m", i).build())))
                    .containsExactly(i + 1f);
        }
        assertThat(one.asked.get()).isPositive();
        await().untilAsserted(() -> assertThat(one.cancelled).hasValue(one.asked.get()));
        assertThat(metric("tidegate_remote_hedges", "won")).isPositive();
    }

    @Test
    void boundsHowManyRequestsAreTriedTwice() {
        try (ScheduledExecutorService slow = Executors.newSingleThreadScheduledExecutor()) {
            for (ForeignServer each : List.of(one, two)) {
                each.behaviour =
                        (request, observer) -> {
                            Future<?> unused =
                                    slow.schedule(
                                            () -> each.answer(request, observer),
                                            50,
                                            TimeUnit.MILLISECONDS);
                        };
            }
            Hedging quarter = new Hedging(new Hedging.Start.After(Duration.ofMillis(1)), 0.25);
            server.champion(register("1", quarter, one, two));
            for (int i = 0; i < 40; i++) {
                server.stub().modelInfer(ask("m", i).build());
            }
            assertThat(one.asked.get() + two.asked.get()).isBetween(41, 50);
            assertThat(metric("tidegate_remote_hedges", "refused")).isPositive();
        }
    }

    @Test
    void standsInForARemoteCandidateThatHangs() {
        RegisteredVersion champion = server.register("m", "1", TestGraph.plus(0));
        server.canary(champion, register("2", NONE, one), 0.999);
        one.hang();
        ModelInferResponse response =
                server.stub()
                        .withDeadlineAfter(4, TimeUnit.SECONDS)
                        .modelInfer(ask("m", 3).build());
        assertThat(floats(response)).containsExactly(3f);
        assertThat(parameter(response, "tidegate_reason")).isEqualTo("failover");
        assertThat(server.events())
                .singleElement()
                .satisfies(
                        event -> {
                            assertThat(event.arm()).isEqualTo(Arm.CANDIDATE);
                            assertThat(event.outcome()).isEqualTo(Outcome.LATE);
                            assertThat(event.answeredVersionId()).isEqualTo(champion.id());
                        });
        await().untilAsserted(() -> assertThat(one.cancelled).hasValue(1));
    }

    @Test
    void routesToACandidateWhoseServerIsDeadAndCountsItsFailures() {
        RegisteredVersion champion = server.register("m", "1", TestGraph.plus(0));
        RegisteredVersion candidate = register("2", NONE, one);
        one.die();
        server.canary(champion, candidate, 0.999);
        ModelInferResponse response = server.stub().modelInfer(ask("m", 3).build());
        assertThat(parameter(response, "tidegate_version")).isEqualTo("1");
        assertThat(server.events())
                .singleElement()
                .satisfies(
                        event -> {
                            assertThat(event.outcome()).isEqualTo(Outcome.FAILED);
                            assertThat(event.inEvidence()).isTrue();
                            assertThat(event.error()).contains(one.address());
                        });
    }

    @Test
    void cancelsTheCallThereWhenTheClientGoesAway() {
        server.champion(register("1", NONE, one));
        one.hang();
        Future<ModelInferResponse> answer = later();
        await().until(() -> one.asked.get() == 1);
        answer.cancel(true);
        await().untilAsserted(() -> assertThat(one.cancelled).hasValue(1));
        await().untilAsserted(
                        () ->
                                assertThat(server.events())
                                        .extracting(ArmEvent::outcome)
                                        .containsExactly(Outcome.CANCELLED));
    }

    @Test
    void refusesEarlyWhatIsTooMuchUnderWay() {
        server.champion(server.register("m", "1", place(NONE, 1, one), ""));
        one.hang();
        Future<ModelInferResponse> first = later();
        await().until(() -> one.asked.get() == 1);
        assertThatThrownBy(() -> server.stub().modelInfer(ask("m", 3).build()))
                .satisfies(
                        e ->
                                assertThat(Status.fromThrowable(e).getCode())
                                        .isEqualTo(Status.Code.RESOURCE_EXHAUSTED))
                .hasMessageContaining("1 requests to m version 1 are under way already");
        first.cancel(true);
    }

    @Test
    void doesNotLoadAVersionThatIsReadyNowhere() {
        RegisteredVersion version = register("1", NONE, one, two);
        one.ready = false;
        two.die();
        assertThatThrownBy(() -> server.context.getBean(VersionLoader.class).load(version))
                .hasMessageContaining("m version 1 is ready nowhere")
                .hasMessageContaining(one.address() + ": model 'there' is not ready there")
                .hasMessageContaining(two.address() + ": UNAVAILABLE");
        one.ready = true;
        server.context.getBean(VersionLoader.class).load(version);
        assertThat(server.context.getBean(VersionLoader.class).isLoaded(version.id())).isTrue();
    }

    @Test
    void answersFromAnotherTidegate(@TempDir Path other) {
        try (InferenceServer peer = InferenceServer.start(other, Map.of())) {
            peer.champion(peer.register("there", "9", TestGraph.plus(10)));
            RemotePlace place =
                    new RemotePlace(
                            List.of(new RemoteAddress("127.0.0.1", peer.grpcPort(), false)),
                            "there",
                            "",
                            Duration.ofSeconds(20),
                            NONE,
                            8);
            server.champion(server.register("m", "1", place, ""));
            assertThat(floats(server.stub().modelInfer(ask("m", 3).build()))).containsExactly(13f);
            assertThat(RemotePlaceJson.read(RemotePlaceJson.write(place))).isEqualTo(place);
        }
    }

    private ListenableFuture<ModelInferResponse> later() {
        return GRPCInferenceServiceGrpc.newFutureStub(server.stub().getChannel())
                .modelInfer(ask("m", 3).build());
    }

    private RegisteredVersion register(String version, Hedging hedging, ForeignServer... servers) {
        return server.register("m", version, place(hedging, 64, servers), "");
    }

    private static RemotePlace place(Hedging hedging, int inFlight, ForeignServer... servers) {
        return new RemotePlace(
                Stream.of(servers).map(each -> RemoteAddress.parse(each.address())).toList(),
                "there",
                "9",
                Duration.ofSeconds(20),
                hedging,
                inFlight);
    }

    private RemoteState state(RegisteredVersion version) {
        return server.context.getBean(RemoteServers.class).states(version.id()).getFirst();
    }

    private double breakerMetric(String state) {
        return metric("tidegate_remote_breaker", state);
    }

    private double metric(String family, String label) {
        return server.context.getBean(RemoteMetrics.class).families().stream()
                .filter(each -> each.name().equals(family))
                .flatMap(each -> each.samples().stream())
                .filter(
                        sample ->
                                sample.labels().stream().anyMatch(one -> one.value().equals(label)))
                .mapToDouble(MetricSample::value)
                .sum();
    }
}
