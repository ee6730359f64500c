package dev.tidegate.server.platform.grpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tidegate.server.WholeServer;
import io.grpc.ManagedChannel;
import io.grpc.health.v1.HealthCheckRequest;
import io.grpc.health.v1.HealthCheckResponse.ServingStatus;
import io.grpc.health.v1.HealthGrpc;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.grpc.reflection.v1.ServerReflectionGrpc;
import io.grpc.reflection.v1.ServerReflectionRequest;
import io.grpc.reflection.v1.ServerReflectionResponse;
import io.grpc.reflection.v1.ServiceResponse;
import io.grpc.stub.StreamObserver;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GrpcEdgeTest {
    @TempDir private Path folder;

    @Test
    void saysItsHealthAndItsServicesToThoseWhoHaveNoKey() throws IOException {
        try (WholeServer server = WholeServer.start(folder.resolve("home"))) {
            ManagedChannel channel =
                    NettyChannelBuilder.forAddress("127.0.0.1", server.port())
                            .usePlaintext()
                            .build();
            GrpcEdge edge = server.context().getBean(GrpcEdge.class);
            edge.serving(true);
            assertThat(health(channel)).isEqualTo(ServingStatus.SERVING);
            edge.serving(false);
            assertThat(health(channel)).isEqualTo(ServingStatus.NOT_SERVING);
            assertThat(services(channel))
                    .contains(
                            "inference.GRPCInferenceService",
                            "tidegate.v1.RolloutService",
                            "grpc.health.v1.Health");
            channel.shutdownNow();
        }
    }

    private static ServingStatus health(ManagedChannel channel) {
        return HealthGrpc.newBlockingStub(channel)
                .check(HealthCheckRequest.getDefaultInstance())
                .getStatus();
    }

    private static List<String> services(ManagedChannel channel) {
        CompletableFuture<ServerReflectionResponse> answer = new CompletableFuture<>();
        StreamObserver<ServerReflectionRequest> calls =
                ServerReflectionGrpc.newStub(channel).serverReflectionInfo(new First(answer));
        calls.onNext(ServerReflectionRequest.newBuilder().setListServices("").build());
        List<String> names =
                answer.join().getListServicesResponse().getServiceList().stream()
                        .map(ServiceResponse::getName)
                        .toList();
        calls.onCompleted();
        return names;
    }

    @ParameterizedTest
    @ValueSource(strings = {"0.0.0.0", "::", "192.0.2.1"})
    void refusesToListenBeyondLoopbackWithoutTlsUnlessTold(String bind) {
        assertThatThrownBy(() -> config(bind, false).checkBind(false))
                .hasMessageContaining("refusing to listen on '" + bind + "'")
                .hasMessageContaining("--insecure");
        config(bind, true).checkBind(false);
        config(bind, false).checkBind(true);
    }

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "::1", "localhost"})
    void listensOnLoopback(String bind) {
        config(bind, false).checkBind(false);
    }

    private static EdgeConfig config(String bind, boolean insecure) {
        return new EdgeConfig(bind, 0, 0, 0, null, insecure, 1 << 20, Duration.ofSeconds(1));
    }

    private record First(CompletableFuture<ServerReflectionResponse> answer)
            implements StreamObserver<ServerReflectionResponse> {
        @Override
        public void onNext(ServerReflectionResponse response) {
            answer.complete(response);
        }

        @Override
        public void onError(Throwable failure) {
            answer.completeExceptionally(failure);
        }

        @Override
        public void onCompleted() {
            answer.completeExceptionally(new IllegalStateException("no answer came"));
        }
    }
}
