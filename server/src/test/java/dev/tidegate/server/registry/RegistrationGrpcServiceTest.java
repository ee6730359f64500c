package dev.tidegate.server.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.google.protobuf.ByteString;
import dev.tidegate.proto.v1.RegisterVersionRequest;
import dev.tidegate.proto.v1.RegisterVersionResponse;
import dev.tidegate.proto.v1.RegistryServiceGrpc;
import dev.tidegate.server.TestContext;
import dev.tidegate.server.identity.FirstKey;
import dev.tidegate.server.inference.onnx.TestGraph;
import dev.tidegate.server.platform.grpc.GrpcEdge;
import dev.tidegate.server.platform.home.Home;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.Status;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.grpc.stub.ClientCallStreamObserver;
import io.grpc.stub.MetadataUtils;
import io.grpc.stub.StreamObserver;
import io.micronaut.context.ApplicationContext;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Versions that come over gRPC, in pieces. */
final class RegistrationGrpcServiceTest {
    private static final byte[] GRAPH = TestGraph.plus(1);

    @TempDir private Path folder;
    private ApplicationContext context;
    private GrpcEdge edge;
    private ManagedChannel channel;
    private StreamObserver<RegisterVersionRequest> call;
    private final Answer answer = new Answer();

    @BeforeEach
    void start() throws IOException {
        context = TestContext.start(folder.resolve("home"));
        context.getBean(FirstKey.class).start();
        edge = context.getBean(GrpcEdge.class);
        channel = NettyChannelBuilder.forAddress("127.0.0.1", edge.start(0)).usePlaintext().build();
        Metadata key = new Metadata();
        key.put(
                Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER),
                "Bearer " + Files.readString(context.getBean(Home.class).adminKey()).strip());
        call =
                RegistryServiceGrpc.newStub(channel)
                        .withInterceptors(MetadataUtils.newAttachHeadersInterceptor(key))
                        .registerVersion(answer);
    }

    @AfterEach
    void stop() {
        channel.shutdownNow();
        edge.close();
        context.close();
    }

    @Test
    void registersWhatCameInPieces() {
        call.onNext(header(GRAPH.length));
        chunk(0, 10);
        chunk(10, GRAPH.length);
        call.onCompleted();

        assertThat(answer.end().isOk()).isTrue();
        assertThat(answer.version.join().getVersion().getBytes()).isEqualTo(GRAPH.length);
        assertThat(context.getBean(ModelRegistry.class).version("plus", "v1").aliases())
                .containsExactly("champion");
        assertThat(incoming()).isEmptyDirectory();
    }

    @Test
    void refusesAnArtifactThatIsShorterThanItsHeaderSays() {
        call.onNext(header(GRAPH.length + 1));
        chunk(0, GRAPH.length);
        call.onCompleted();

        assertThat(answer.end().getCode()).isEqualTo(Status.Code.INVALID_ARGUMENT);
        assertThat(answer.end().getDescription())
                .contains(
                        "%d bytes of artifact came, expected %d as the header says"
                                .formatted(GRAPH.length, GRAPH.length + 1));
        assertNothingIsLeft();
    }

    @Test
    void refusesPiecesOutOfOrder() {
        chunk(0, 10);
        assertThat(answer.end().getDescription()).contains("a chunk came first, expected a header");
    }

    @Test
    void refusesASecondHeader() {
        call.onNext(header(0));
        call.onNext(header(0));
        assertThat(answer.end().getDescription()).contains("a second header came");
        assertNothingIsLeft();
    }

    @Test
    void refusesNothingAtAll() {
        call.onCompleted();
        assertThat(answer.end().getCode()).isEqualTo(Status.Code.INVALID_ARGUMENT);
        assertThat(answer.end().getDescription()).contains("no header came");
    }

    @Test
    void forgetsAnUploadWhoseCallerGoes() {
        call.onNext(header(GRAPH.length));
        chunk(0, 10);
        await().untilAsserted(() -> assertThat(incoming()).isNotEmptyDirectory());

        ((ClientCallStreamObserver<RegisterVersionRequest>) call).cancel("no longer wanted", null);

        await().untilAsserted(this::assertNothingIsLeft);
    }

    private void assertNothingIsLeft() {
        assertThat(incoming()).isEmptyDirectory();
        assertThat(context.getBean(ModelRegistry.class).list()).isEmpty();
    }

    private Path incoming() {
        return context.getBean(Home.class).artifacts().resolve("incoming");
    }

    private static RegisterVersionRequest header(long bytes) {
        return RegisterVersionRequest.newBuilder()
                .setHeader(
                        RegisterVersionRequest.Header.newBuilder()
                                .setModel("plus")
                                .setVersion("v1")
                                .addAliases("champion")
                                .setBytes(bytes))
                .build();
    }

    private void chunk(int from, int to) {
        call.onNext(
                RegisterVersionRequest.newBuilder()
                        .setChunk(ByteString.copyFrom(GRAPH, from, to - from))
                        .build());
    }

    private static final class Answer implements StreamObserver<RegisterVersionResponse> {
        private final CompletableFuture<RegisterVersionResponse> version =
                new CompletableFuture<>();
        private final CompletableFuture<Status> end = new CompletableFuture<>();

        @Override
        public void onNext(RegisterVersionResponse response) {
            version.complete(response);
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
    }
}
