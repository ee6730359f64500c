package dev.tidegate.server.platform.grpc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidegate.proto.inference.GRPCInferenceServiceGrpc;
import dev.tidegate.proto.inference.ServerLiveRequest;
import dev.tidegate.proto.inference.ServerReadyRequest;
import dev.tidegate.server.TestContext;
import io.grpc.ManagedChannel;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.micronaut.context.ApplicationContext;
import io.micronaut.health.HealthStatus;
import io.micronaut.management.health.indicator.HealthResult;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import reactor.core.publisher.Mono;

final class EdgeReadinessTest {
    @TempDir private Path home;

    @Test
    void isReadyOnlyWhileItTakesCalls() {
        try (ApplicationContext context = TestContext.start(home)) {
            GrpcEdge edge = context.getBean(GrpcEdge.class);
            EdgeReadiness readiness = context.getBean(EdgeReadiness.class);
            assertThat(status(readiness)).isEqualTo(HealthStatus.DOWN);

            edge.start(0);
            edge.serving(true);
            assertThat(status(readiness)).isEqualTo(HealthStatus.UP);

            edge.close();
            assertThat(status(readiness)).isEqualTo(HealthStatus.DOWN);
        }
    }

    @Test
    void isLiveButNotReadyForInferenceWhileItDrains() {
        try (ApplicationContext context = TestContext.start(home)) {
            GrpcEdge edge = context.getBean(GrpcEdge.class);
            ManagedChannel channel =
                    NettyChannelBuilder.forAddress("127.0.0.1", edge.start(0))
                            .usePlaintext()
                            .build();
            try {
                var stub = GRPCInferenceServiceGrpc.newBlockingStub(channel);
                assertThat(stub.serverReady(ServerReadyRequest.getDefaultInstance()).getReady())
                        .isTrue();

                context.getBean(ServerStream.class).drain();

                assertThat(stub.serverReady(ServerReadyRequest.getDefaultInstance()).getReady())
                        .isFalse();
                assertThat(stub.serverLive(ServerLiveRequest.getDefaultInstance()).getLive())
                        .isTrue();
            } finally {
                channel.shutdownNow();
                edge.close();
            }
        }
    }

    private static HealthStatus status(EdgeReadiness readiness) {
        return Mono.from(readiness.getResult())
                .map(HealthResult::getStatus)
                .blockOptional()
                .orElseThrow();
    }
}
