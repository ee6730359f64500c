package dev.tidegate.server.rollout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.Duration;
import com.google.protobuf.Timestamp;
import dev.tidegate.proto.v1.ApproveRolloutRequest;
import dev.tidegate.proto.v1.EvidenceSnapshot;
import dev.tidegate.proto.v1.GetRolloutRequest;
import dev.tidegate.proto.v1.ListRolloutsRequest;
import dev.tidegate.proto.v1.Mutation;
import dev.tidegate.proto.v1.RolloutServiceGrpc;
import dev.tidegate.proto.v1.RolloutServiceGrpc.RolloutServiceBlockingStub;
import dev.tidegate.proto.v1.StartRolloutRequest;
import dev.tidegate.proto.v1.WatchRolloutRequest;
import dev.tidegate.proto.v1.WatchRolloutResponse;
import dev.tidegate.server.evidence.WrittenEvidence.ArmPart;
import dev.tidegate.server.identity.FirstKey;
import dev.tidegate.server.inference.onnx.TestGraph;
import dev.tidegate.server.platform.grpc.GrpcEdge;
import dev.tidegate.server.platform.home.Home;
import dev.tidegate.server.registry.ModelRegistry;
import dev.tidegate.server.registry.RegisteredVersion;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.grpc.stub.MetadataUtils;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Rollouts over a real gRPC connection. */
final class RolloutGrpcServiceTest {
    @TempDir private Path home;
    private RolloutHarness rollouts;
    private RegisteredVersion champion;
    private GrpcEdge edge;
    private ManagedChannel channel;
    private RolloutServiceBlockingStub stub;

    @BeforeEach
    void start() throws IOException {
        rollouts = new RolloutHarness(home);
        champion = rollouts.register("1", TestGraph.plus(1), ModelRegistry.CHAMPION);
        rollouts.register("2", TestGraph.plus(2));
        rollouts.context.getBean(FirstKey.class).start();
        edge = rollouts.context.getBean(GrpcEdge.class);
        channel = NettyChannelBuilder.forAddress("127.0.0.1", edge.start(0)).usePlaintext().build();
        Metadata key = new Metadata();
        key.put(
                Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER),
                "Bearer "
                        + Files.readString(rollouts.context.getBean(Home.class).adminKey())
                                .strip());
        stub =
                RolloutServiceGrpc.newBlockingStub(channel)
                        .withInterceptors(MetadataUtils.newAttachHeadersInterceptor(key));
    }

    @AfterEach
    void stop() {
        channel.shutdownNow();
        edge.close();
        rollouts.close();
    }

    @Test
    void answersARepeatedStartWhateverTheTrafficIsNow() {
        String plan =
                "steps: [{weight: 50%}, {promote: true}]\n"
                        + "guardrails: [{metric: errors, tolerance: 0.0000001}]";
        String id = start("r-1", plan);
        traffic(30);
        assertThat(start("r-1", plan)).isEqualTo(id);
        refused(Status.Code.INVALID_ARGUMENT, "expected a larger one", () -> start("r-2", plan));
        refused(
                Status.Code.ABORTED,
                "'r-1' came before",
                () -> start("r-1", plan.replace("50%", "40%")));
    }

    @Test
    void tellsAPlanOfAYearOverTheWire() {
        String id =
                start(
                        "",
                        """
                        steps: [{weight: 50%, minimum-time: 366d}, {promote: true}]
                        guardrails:
                          - {metric: errors, tolerance: 0.01}
                          - {metric: slow, quantile: 0.95, margin: 366d, tolerance: 0.01}
                        """);
        assertThat(
                        stub.getRollout(GetRolloutRequest.newBuilder().setId(id).build())
                                .getRollout()
                                .getPlan()
                                .getSteps(0)
                                .getMinimumTime()
                                .getSeconds())
                .isEqualTo(366L * 86_400);
        assertThat(
                        stub.listRollouts(ListRolloutsRequest.getDefaultInstance())
                                .getRollouts(0)
                                .getPlan()
                                .getGuardrails(1)
                                .getMargin()
                                .getSeconds())
                .isEqualTo(366L * 86_400);
    }

    @Test
    void tellsAllOfItsHistoryToWhoAsksForMore() {
        String id = start("", RolloutHarness.PLAN);
        assertThat(watch(id, Long.MAX_VALUE).getRollout().getId()).isEqualTo(id);
        refused(
                Status.Code.INVALID_ARGUMENT,
                "history is -1 s, expected none below 0",
                () -> watch(id, -1));
    }

    @Test
    void namesATimeThatNoEvidenceHas() {
        String id = start("", RolloutHarness.PLAN);
        refused(
                Status.Code.INVALID_ARGUMENT,
                "snapshot.at is 9223372036854775807 s",
                () ->
                        stub.approveRollout(
                                ApproveRolloutRequest.newBuilder()
                                        .setId(id)
                                        .setReason("good")
                                        .setSnapshot(
                                                EvidenceSnapshot.newBuilder()
                                                        .setAt(
                                                                Timestamp.newBuilder()
                                                                        .setSeconds(
                                                                                Long.MAX_VALUE)))
                                        .build()));
    }

    @Test
    void refusesTextsThatTheDatabaseCannotHold() {
        refused(
                Status.Code.INVALID_ARGUMENT,
                "the zero character came",
                () -> start("r\0", RolloutHarness.PLAN));
    }

    private String start(String requestId, String plan) {
        return stub.startRollout(
                        StartRolloutRequest.newBuilder()
                                .setMutation(Mutation.newBuilder().setRequestId(requestId))
                                .setModel("m")
                                .setCandidate("2")
                                .setPlanYaml(plan)
                                .build())
                .getRollout()
                .getId();
    }

    private WatchRolloutResponse watch(String id, long history) {
        return stub.watchRollout(
                        WatchRolloutRequest.newBuilder()
                                .setId(id)
                                .setHistory(Duration.newBuilder().setSeconds(history))
                                .build())
                .next();
    }

    private void traffic(int failing) {
        rollouts.evidence.secondOf(
                new ArmPart(champion.modelId(), 1, 1, champion.id(), 1, 100, failing));
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
}
