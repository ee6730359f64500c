package dev.tidegate.server.inference;

import static dev.tidegate.server.inference.InferenceServer.ask;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tidegate.proto.inference.GRPCInferenceServiceGrpc;
import dev.tidegate.proto.inference.GRPCInferenceServiceGrpc.GRPCInferenceServiceBlockingStub;
import dev.tidegate.proto.inference.ModelMetadataRequest;
import dev.tidegate.proto.inference.ModelStatisticsRequest;
import dev.tidegate.proto.inference.ModelStreamInferResponse;
import dev.tidegate.proto.inference.ServerLiveRequest;
import dev.tidegate.proto.v1.CreateKeyRequest;
import dev.tidegate.proto.v1.CreateKeyResponse;
import dev.tidegate.proto.v1.IdentityServiceGrpc;
import dev.tidegate.proto.v1.IdentityServiceGrpc.IdentityServiceBlockingStub;
import dev.tidegate.proto.v1.ListKeysRequest;
import dev.tidegate.proto.v1.RevokeKeyRequest;
import dev.tidegate.server.identity.FirstKey;
import dev.tidegate.server.inference.onnx.TestGraph;
import dev.tidegate.server.platform.home.Home;
import io.grpc.Metadata;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.AbstractStub;
import io.grpc.stub.MetadataUtils;
import io.grpc.stub.StreamObserver;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who may ask models where keys are needed, and how fast. */
final class InferenceKeyTest {
    private static final Map<String, Object> KEYS =
            Map.of("tidegate.identity.inference-key", "always");

    /** One request in a thousand seconds: no test lives to see the next. */
    private static final double HARDLY_EVER = 0.001;

    @TempDir private Path home;

    @Test
    void answersHoldersOfAKeyForItAlone() throws IOException {
        try (InferenceServer server = serving(KEYS)) {
            CreateKeyResponse shop = create(server, "inference", 0, 0);
            String viewer = create(server, "viewer", 0, 0).getSecret();

            assertThat(asking(server, shop.getSecret()).modelInfer(ask("m", 1).build()).getId())
                    .isEmpty();
            refused(
                    Status.Code.UNAUTHENTICATED,
                    "answers requests with a key alone",
                    () -> server.stub().modelInfer(ask("m", 1).build()));
            refused(
                    Status.Code.UNAUTHENTICATED,
                    "answers requests with a key alone",
                    () -> server.stub().modelMetadata(metadata()));
            refused(
                    Status.Code.PERMISSION_DENIED,
                    "[admin, engineer, inference]",
                    () -> asking(server, viewer).modelInfer(ask("m", 1).build()));
            refused(
                    Status.Code.UNAUTHENTICATED,
                    "unknown or revoked",
                    () -> asking(server, forged(shop)).modelInfer(ask("m", 1).build()));
            refused(
                    Status.Code.UNAUTHENTICATED,
                    "malformed",
                    () -> asking(server, "tg_secret").modelInfer(ask("m", 1).build()));
            assertThat(server.stub().serverLive(ServerLiveRequest.getDefaultInstance()).getLive())
                    .isTrue();

            admin(server)
                    .revokeKey(RevokeKeyRequest.newBuilder().setId(shop.getKey().getId()).build());
            refused(
                    Status.Code.UNAUTHENTICATED,
                    "unknown or revoked",
                    () -> asking(server, shop.getSecret()).modelInfer(ask("m", 1).build()));
        }
    }

    @Test
    void tellsAViewerOfModelsAndAnswersHimNot() throws IOException {
        try (InferenceServer server = serving(KEYS)) {
            var viewer = asking(server, create(server, "viewer", 0, 0).getSecret());
            assertThat(
                            viewer.modelStatistics(
                                            ModelStatisticsRequest.newBuilder()
                                                    .setName("m")
                                                    .build())
                                    .getModelStatsList())
                    .hasSize(1);
            refused(
                    Status.Code.PERMISSION_DENIED,
                    "viewer",
                    () -> viewer.modelInfer(ask("m", 1).build()));
        }
    }

    @Test
    void asksForNoKeyOnLoopback() {
        try (InferenceServer server = serving(Map.of())) {
            assertThat(server.stub().modelInfer(ask("m", 1).build()).getModelName()).isEqualTo("m");
        }
    }

    @Test
    void refusesAKeyThatAsksFasterThanItMayAndSaysWhenToTryAgain() throws IOException {
        try (InferenceServer server = serving(KEYS)) {
            String slow = create(server, "inference", HARDLY_EVER, 2).getSecret();
            String free = create(server, "engineer", 0, 0).getSecret();
            asking(server, slow).modelInfer(ask("m", 1).build());
            asking(server, slow).modelInfer(ask("m", 1).build());

            assertThatThrownBy(() -> asking(server, slow).modelInfer(ask("m", 1).build()))
                    .isInstanceOfSatisfying(
                            StatusRuntimeException.class,
                            e -> {
                                assertThat(e.getStatus().getCode())
                                        .isEqualTo(Status.Code.RESOURCE_EXHAUSTED);
                                assertThat(e.getStatus().getDescription())
                                        .contains("faster than its 0.001 requests a second")
                                        .contains("try again in " + pushback(e) + " ms");
                            });
            asking(server, free).modelInfer(ask("m", 1).build());
            assertThat(admin(server).listKeys(ListKeysRequest.getDefaultInstance()).getKeysList())
                    .anySatisfy(
                            key -> {
                                assertThat(key.getRate()).isEqualTo(HARDLY_EVER);
                                assertThat(key.getBurst()).isEqualTo(2);
                            });
        }
    }

    @Test
    void countsEachRequestOfAStreamAgainstTheUsualLimit() throws IOException {
        Map<String, Object> limited =
                Map.of(
                        "tidegate.identity.inference-key",
                        "always",
                        "tidegate.identity.rate",
                        HARDLY_EVER);
        try (InferenceServer server = serving(limited)) {
            String key = create(server, "inference", 0, 0).getSecret();
            Answers answers = new Answers();
            StreamObserver<dev.tidegate.proto.inference.ModelInferRequest> stream =
                    with(GRPCInferenceServiceGrpc.newStub(server.channel), key)
                            .modelStreamInfer(answers);
            stream.onNext(ask("m", 1).build());
            stream.onNext(ask("m", 2).build());
            stream.onCompleted();
            answers.done.join();
            assertThat(answers.errors)
                    .hasSize(2)
                    .anyMatch(String::isEmpty)
                    .anyMatch(text -> text.startsWith("RESOURCE_EXHAUSTED"));
        }
    }

    @Test
    void endsTheStreamOfAKeyThatIsRevoked() throws IOException {
        try (InferenceServer server = serving(KEYS)) {
            CreateKeyResponse key = create(server, "inference", 0, 0);
            Answers answers = new Answers();
            StreamObserver<dev.tidegate.proto.inference.ModelInferRequest> stream =
                    with(GRPCInferenceServiceGrpc.newStub(server.channel), key.getSecret())
                            .modelStreamInfer(answers);
            stream.onNext(ask("m", 1).build());
            Awaitility.await().until(() -> answers.errors.contains(""));
            admin(server)
                    .revokeKey(RevokeKeyRequest.newBuilder().setId(key.getKey().getId()).build());
            stream.onNext(ask("m", 2).build());
            Awaitility.await().until(answers.done::isDone);
            refused(
                    Status.Code.UNAUTHENTICATED,
                    "was revoked",
                    () -> {
                        try {
                            answers.done.join();
                        } catch (CompletionException e) {
                            throw Objects.requireNonNull(e.getCause());
                        }
                    });
            assertThat(answers.errors).containsExactly("");
        }
    }

    @Test
    void holdsCallersOverHttpToTheSame() throws IOException, InterruptedException {
        try (InferenceServer server = serving(KEYS);
                HttpClient client = HttpClient.newHttpClient()) {
            String key = create(server, "inference", HARDLY_EVER, 1).getSecret();
            assertThat(status(client, live(server))).isEqualTo(200);
            assertThat(status(client, infer(server))).isEqualTo(401);
            assertThat(status(client, infer(server).header("authorization", "Bearer " + key)))
                    .isEqualTo(200);
            HttpResponse<String> refused =
                    send(client, infer(server).header("authorization", "Bearer " + key));
            assertThat(refused.statusCode()).isEqualTo(429);
            assertThat(refused.body()).contains("try again in");
            assertThat(refused.headers().firstValueAsLong("retry-after").orElseThrow())
                    .isBetween(900L, 1000L);
        }
    }

    private static HttpRequest.Builder live(InferenceServer server) {
        return HttpRequest.newBuilder(server.uri("/v2/health/live"));
    }

    private static HttpRequest.Builder infer(InferenceServer server) {
        return HttpRequest.newBuilder(server.uri("/v2/models/m/infer"))
                .POST(
                        HttpRequest.BodyPublishers.ofString(
                                """
                                {"inputs": [{"name": "x", "datatype": "FP32", "shape": [1, 1], "data": [1]}]}"""));
    }

    private static int status(HttpClient client, HttpRequest.Builder request)
            throws IOException, InterruptedException {
        return send(client, request).statusCode();
    }

    private static HttpResponse<String> send(HttpClient client, HttpRequest.Builder request)
            throws IOException, InterruptedException {
        return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    @Test
    void refusesABurstWithoutARate() throws IOException {
        try (InferenceServer server = serving(KEYS)) {
            refused(
                    Status.Code.INVALID_ARGUMENT,
                    "burst is 5 without a rate",
                    () -> create(server, "inference", 0, 5));
        }
    }

    private InferenceServer serving(Map<String, Object> settings) {
        InferenceServer server = InferenceServer.start(home, settings);
        server.context.getBean(FirstKey.class).start();
        server.champion(server.register("m", "1", TestGraph.plus(1)));
        return server;
    }

    private static CreateKeyResponse create(
            InferenceServer server, String role, double rate, int burst) throws IOException {
        return admin(server)
                .createKey(
                        CreateKeyRequest.newBuilder()
                                .setName(role)
                                .addRoles(role)
                                .setRate(rate)
                                .setBurst(burst)
                                .build());
    }

    private static IdentityServiceBlockingStub admin(InferenceServer server) throws IOException {
        String key = Files.readString(server.context.getBean(Home.class).adminKey()).strip();
        return with(IdentityServiceGrpc.newBlockingStub(server.channel), key);
    }

    private static GRPCInferenceServiceBlockingStub asking(InferenceServer server, String key) {
        return with(server.stub(), key);
    }

    private static <S extends AbstractStub<S>> S with(S stub, String key) {
        Metadata headers = new Metadata();
        headers.put(
                Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER),
                "Bearer " + key);
        return stub.withInterceptors(MetadataUtils.newAttachHeadersInterceptor(headers));
    }

    /** Returns the key with another end. */
    private static String forged(CreateKeyResponse key) {
        String text = key.getSecret();
        String end = text.endsWith("0") ? "1" : "0";
        return text.substring(0, text.length() - 1) + end;
    }

    private static ModelMetadataRequest metadata() {
        return ModelMetadataRequest.newBuilder().setName("m").build();
    }

    private static String pushback(StatusRuntimeException refusal) {
        return Objects.requireNonNull(
                Objects.requireNonNull(refusal.getTrailers())
                        .get(
                                Metadata.Key.of(
                                        "grpc-retry-pushback-ms",
                                        Metadata.ASCII_STRING_MARSHALLER)));
    }

    private static void refused(Status.Code code, String message, ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        StatusRuntimeException.class,
                        e -> {
                            assertThat(e.getStatus().getCode()).isEqualTo(code);
                            assertThat(e.getStatus().getDescription()).contains(message);
                        });
    }

    private static final class Answers implements StreamObserver<ModelStreamInferResponse> {
        private final Queue<String> errors = new ConcurrentLinkedQueue<>();
        private final CompletableFuture<List<String>> done = new CompletableFuture<>();

        @Override
        public void onNext(ModelStreamInferResponse response) {
            errors.add(response.getErrorMessage());
        }

        @Override
        public void onError(Throwable failure) {
            done.completeExceptionally(failure);
        }

        @Override
        public void onCompleted() {
            done.complete(List.copyOf(errors));
        }
    }
}
