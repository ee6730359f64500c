package dev.tidegate.server.faults;

import com.google.protobuf.ByteString;
import dev.tidegate.proto.inference.GRPCInferenceServiceGrpc;
import dev.tidegate.proto.inference.ModelReadyRequest;
import dev.tidegate.proto.v1.ApproveRolloutRequest;
import dev.tidegate.proto.v1.AuditServiceGrpc;
import dev.tidegate.proto.v1.FleetServiceGrpc;
import dev.tidegate.proto.v1.GetRolloutRequest;
import dev.tidegate.proto.v1.GetServerRequest;
import dev.tidegate.proto.v1.GuardrailReading;
import dev.tidegate.proto.v1.RegisterVersionRequest;
import dev.tidegate.proto.v1.RegisterVersionResponse;
import dev.tidegate.proto.v1.RegistryServiceGrpc;
import dev.tidegate.proto.v1.Rollout;
import dev.tidegate.proto.v1.RolloutServiceGrpc;
import dev.tidegate.proto.v1.StartRolloutRequest;
import dev.tidegate.proto.v1.VerifyAuditRequest;
import dev.tidegate.proto.v1.VerifyAuditResponse;
import io.grpc.stub.StreamObserver;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;

/** What the tests tell a server over its control protocol. */
final class ControlClient {
    private final ServerProcess server;

    ControlClient(ServerProcess server) {
        this.server = server;
    }

    /** Registers a version; a champion answers when it returns. */
    void register(String version, byte[] graph, String... aliases) {
        CompletableFuture<RegisterVersionResponse> answer = new CompletableFuture<>();
        StreamObserver<RegisterVersionRequest> parts =
                RegistryServiceGrpc.newStub(server.channel())
                        .withInterceptors(server.adminKey())
                        .registerVersion(new FutureObserver<>(answer));
        parts.onNext(
                RegisterVersionRequest.newBuilder()
                        .setHeader(
                                RegisterVersionRequest.Header.newBuilder()
                                        .setModel("m")
                                        .setVersion(version)
                                        .addAllAliases(List.of(aliases))
                                        .setBytes(graph.length))
                        .build());
        parts.onNext(
                RegisterVersionRequest.newBuilder().setChunk(ByteString.copyFrom(graph)).build());
        parts.onCompleted();
        answer.join();
        if (aliases.length > 0) {
            Awaitility.await().atMost(Duration.ofMinutes(1)).until(this::isServed);
        }
    }

    private boolean isServed() {
        return GRPCInferenceServiceGrpc.newBlockingStub(server.channel())
                .modelReady(ModelReadyRequest.newBuilder().setName("m").build())
                .getReady();
    }

    Rollout start(String candidate, String plan) {
        return rollouts()
                .startRollout(
                        StartRolloutRequest.newBuilder()
                                .setModel("m")
                                .setCandidate(candidate)
                                .setPlanYaml(plan)
                                .build())
                .getRollout();
    }

    Rollout rollout(String id) {
        return rollouts().getRollout(GetRolloutRequest.newBuilder().setId(id).build()).getRollout();
    }

    /** Approves what the rollout asks an approval for; does nothing while it asks for none. */
    void approveWhenAsked(String id) {
        Rollout seen = rollout(id);
        boolean asked =
                seen.getActionsList().stream()
                        .anyMatch(a -> a.getName().equals("approve") && a.getAllowed());
        if (asked) {
            rollouts()
                    .withDeadlineAfter(3, TimeUnit.SECONDS)
                    .approveRollout(
                            ApproveRolloutRequest.newBuilder()
                                    .setId(id)
                                    .setReason("looks right")
                                    .setSnapshot(seen.getSnapshot())
                                    .build());
        }
    }

    RolloutServiceGrpc.RolloutServiceBlockingStub rollouts() {
        return RolloutServiceGrpc.newBlockingStub(server.channel())
                .withInterceptors(server.adminKey());
    }

    /** Returns what is wrong, in the server's words. */
    List<String> problems() {
        return FleetServiceGrpc.newBlockingStub(server.channel())
                .withInterceptors(server.adminKey())
                .getServer(GetServerRequest.getDefaultInstance())
                .getServer()
                .getProblemsList();
    }

    /** Returns the verdict and the reason of the rollout's first guardrail. */
    GuardrailReading guardrail(String rollout) {
        return rollout(rollout).getGuardrails(0);
    }

    VerifyAuditResponse verifyAudit() {
        return AuditServiceGrpc.newBlockingStub(server.channel())
                .withInterceptors(server.adminKey())
                .verifyAudit(VerifyAuditRequest.getDefaultInstance());
    }

    private record FutureObserver<T>(CompletableFuture<T> future) implements StreamObserver<T> {
        @Override
        public void onNext(T value) {
            future.complete(value);
        }

        @Override
        public void onError(Throwable failure) {
            future.completeExceptionally(failure);
        }

        @Override
        public void onCompleted() {
            future.completeExceptionally(new IllegalStateException("no answer came"));
        }
    }
}
