package dev.tidegate.server.retraining;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.google.protobuf.ByteString;
import dev.tidegate.proto.v1.TrainRequest;
import dev.tidegate.proto.v1.TrainResponse;
import dev.tidegate.proto.v1.TrainingServiceGrpc;
import dev.tidegate.server.TestContext;
import dev.tidegate.server.identity.FirstKey;
import dev.tidegate.server.platform.grpc.GrpcEdge;
import dev.tidegate.server.platform.home.Home;
import dev.tidegate.server.platform.storage.Database;
import dev.tidegate.server.registry.ModelRegistry;
import dev.tidegate.server.registry.RegisteredVersion;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.Status;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.grpc.stub.ClientCallStreamObserver;
import io.grpc.stub.MetadataUtils;
import io.grpc.stub.StreamObserver;
import io.micronaut.context.ApplicationContext;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class TrainingGrpcServiceTest {
    @TempDir private Path folder;
    private ApplicationContext context;
    private GrpcEdge edge;
    private ManagedChannel channel;
    private final Answers answers = new Answers();

    @BeforeEach
    void start() {
        context = TestContext.start(folder.resolve("home"));
        context.getBean(FirstKey.class).start();
        edge = context.getBean(GrpcEdge.class);
        channel = NettyChannelBuilder.forAddress("127.0.0.1", edge.start(0)).usePlaintext().build();
    }

    @AfterEach
    void stop() {
        channel.shutdownNow();
        edge.close();
        context.close();
    }

    @Test
    void trainsAndRegistersAVersion() throws IOException {
        StreamObserver<TrainRequest> call = call();
        call.onNext(header("logistic", "tenure", "contract"));
        chunks(call, ChurnTraining.firstRows(folder, 500));
        call.onCompleted();

        assertThat(answers.end().isOk()).isTrue();
        assertThat(answers.states()).startsWith("VALIDATING").endsWith("REGISTERED");
        TrainResponse last = answers.received.getLast();
        assertThat(last.getResult().getVersion()).isEqualTo("1");
        assertThat(last.getResult().getSummaryJson()).contains("\"version\":\"1\"", "sha256:");
        RegisteredVersion version = context.getBean(ModelRegistry.class).version("churn", "1");
        assertThat(version.signature().columns()).hasSize(2);
        assertThat(version.aliases()).containsExactly("newest");
        assertThat(version.lineage()).contains("\"dataDigest\"", "\"crossValidatedAuc\"");
        assertThat(folder.resolve("home/training")).isEmptyDirectory();
        assertThat(run("state || ' ' || message"))
                .isEqualTo("REGISTERED registered as churn version 1");
        assertThat(trail())
                .containsExactly(
                        "training.queued",
                        "training.validating",
                        "training.preparing",
                        "training.searching",
                        "training.training",
                        "training.evaluating",
                        "training.registered");
    }

    @Test
    void refusesDataWithoutTheColumnAndRegistersNothing() throws IOException {
        StreamObserver<TrainRequest> call = call();
        call.onNext(header("logistic", "town"));
        chunks(call, ChurnTraining.firstRows(folder, 50));
        call.onCompleted();

        assertThat(answers.end().getCode()).isEqualTo(Status.Code.INVALID_ARGUMENT);
        assertThat(answers.end().getDescription()).contains("has no column \"town\"");
        assertThat(run("state || ' ' || message"))
                .startsWith("FAILED ")
                .contains("has no column \"town\"");
        assertThat(trail()).containsSequence("training.validating", "training.failed");
        assertThat(context.getBean(ModelRegistry.class).list()).isEmpty();
    }

    @Test
    void namesTheAlgorithmsWhenOneIsUnknown() {
        StreamObserver<TrainRequest> call = call();
        call.onNext(header("forest"));
        call.onCompleted();

        assertThat(answers.end().getCode()).isEqualTo(Status.Code.INVALID_ARGUMENT);
        assertThat(answers.end().getDescription())
                .contains("expected one of [logistic, xgboost], got \"forest\"");
    }

    @Test
    void stopsTheRunWhenTheCallerGoes() throws IOException {
        StreamObserver<TrainRequest> call = call();
        call.onNext(header("xgboost"));
        chunks(call, ChurnTraining.DATA);
        call.onCompleted();
        await().until(() -> !answers.received.isEmpty());

        ((ClientCallStreamObserver<TrainRequest>) call).cancel("no longer wanted", null);

        await().untilAsserted(() -> assertThat(folder.resolve("home/training")).isEmptyDirectory());
        assertThat(run("state")).isEqualTo("CANCELLED");
        assertThat(trail()).endsWith("training.cancelled");
        assertThat(context.getBean(ModelRegistry.class).list()).isEmpty();
    }

    /** What the only run's row says. */
    private String run(String column) {
        return context.getBean(Database.class)
                .read(
                        handle ->
                                handle.createQuery("select " + column + " from training_run")
                                        .mapTo(String.class)
                                        .one());
    }

    /** The audited actions of the only run. */
    private List<String> trail() {
        return context.getBean(Database.class)
                .read(
                        handle ->
                                handle.createQuery(
                                                "select action from audit_event where subject ="
                                                        + " (select 'training/' || id from training_run) order by sequence")
                                        .mapTo(String.class)
                                        .list());
    }

    private StreamObserver<TrainRequest> call() {
        Metadata metadata = new Metadata();
        metadata.put(
                Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER),
                "Bearer " + key());
        return TrainingServiceGrpc.newStub(channel)
                .withInterceptors(MetadataUtils.newAttachHeadersInterceptor(metadata))
                .train(answers);
    }

    private String key() {
        try {
            return Files.readString(context.getBean(Home.class).adminKey()).strip();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static TrainRequest header(String algorithm, String... columns) {
        return TrainRequest.newBuilder()
                .setHeader(
                        TrainRequest.Header.newBuilder()
                                .setModel("churn")
                                .setTarget("churn")
                                .setAlgorithm(algorithm)
                                .addAllColumns(List.of(columns))
                                .addAliases("newest"))
                .build();
    }

    private static void chunks(StreamObserver<TrainRequest> call, Path data) throws IOException {
        byte[] bytes = Files.readAllBytes(data);
        for (int from = 0; from < bytes.length; from += 100_000) {
            int length = Math.min(100_000, bytes.length - from);
            call.onNext(
                    TrainRequest.newBuilder()
                            .setChunk(ByteString.copyFrom(bytes, from, length))
                            .build());
        }
    }

    private static final class Answers implements StreamObserver<TrainResponse> {
        private final List<TrainResponse> received = new CopyOnWriteArrayList<>();
        private final CompletableFuture<Status> end = new CompletableFuture<>();

        @Override
        public void onNext(TrainResponse response) {
            received.add(response);
        }

        @Override
        public void onError(Throwable cause) {
            end.complete(Status.fromThrowable(cause));
        }

        @Override
        public void onCompleted() {
            end.complete(Status.OK);
        }

        Status end() {
            return end.join();
        }

        List<String> states() {
            return received.stream()
                    .filter(TrainResponse::hasProgress)
                    .map(response -> response.getProgress().getState())
                    .toList();
        }
    }
}
