package dev.tidegate.workbench;

import com.google.protobuf.ByteString;
import dev.tidegate.proto.v1.BatchServiceGrpc;
import dev.tidegate.proto.v1.CreateKeyRequest;
import dev.tidegate.proto.v1.GetRolloutRequest;
import dev.tidegate.proto.v1.IdentityServiceGrpc;
import dev.tidegate.proto.v1.ListModelsRequest;
import dev.tidegate.proto.v1.Mutation;
import dev.tidegate.proto.v1.RegisterVersionRequest;
import dev.tidegate.proto.v1.RegisterVersionResponse;
import dev.tidegate.proto.v1.RegistryServiceGrpc;
import dev.tidegate.proto.v1.Rollout;
import dev.tidegate.proto.v1.RolloutServiceGrpc;
import dev.tidegate.proto.v1.Signature;
import dev.tidegate.proto.v1.StartRolloutRequest;
import dev.tidegate.proto.v1.SubmitBatchRequest;
import dev.tidegate.proto.v1.SubmitBatchResponse;
import io.grpc.Channel;
import io.grpc.stub.StreamObserver;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** The commands that prepare a real server: register versions, make a key, start a rollout. */
final class ControlClient {
    /** Shorter than the demo's plan, with the same questions. */
    private static final String PLAN =
            """
            name: pictures
            alpha: 0.05
            beta: 0.05
            steps:
              - { weight: 25%, minimum-time: 8s, minimum-units: 200 }
              - { weight: 50%, minimum-time: 8s, minimum-units: 200 }
              - { promote: true, approval: true }
            guardrails:
              - { name: errors, metric: errors, tolerance: 0.01 }
              - { name: slow p95, metric: slow, quantile: 0.95, margin: 200ms, tolerance: 0.02 }
            """;

    private final Channel channel;

    ControlClient(Channel channel) {
        this.channel = channel;
    }

    private static Mutation mutation() {
        return Mutation.newBuilder().setRequestId(UUID.randomUUID().toString()).build();
    }

    void register(Path folder, String version, String... aliases) throws Exception {
        byte[] artifact = Files.readAllBytes(folder.resolve("model.onnx"));
        CompletableFuture<RegisterVersionResponse> answer = new CompletableFuture<>();
        StreamObserver<RegisterVersionRequest> upload =
                RegistryServiceGrpc.newStub(channel).registerVersion(new Answer<>(answer));
        RegisterVersionRequest.Header.Builder header =
                RegisterVersionRequest.Header.newBuilder()
                        .setMutation(mutation())
                        .setModel("churn")
                        .setVersion(version)
                        .setSignatureJson(Files.readString(folder.resolve("signature.json")))
                        .setBytes(artifact.length);
        for (String alias : aliases) {
            header.addAliases(alias);
        }
        upload.onNext(RegisterVersionRequest.newBuilder().setHeader(header).build());
        upload.onNext(
                RegisterVersionRequest.newBuilder()
                        .setChunk(ByteString.copyFrom(artifact))
                        .build());
        upload.onCompleted();
        answer.get(60, TimeUnit.SECONDS);
    }

    /** Starts a batch job from a file of rows with the label, which is kept in the result. */
    void submitBatch(Path file) throws Exception {
        CompletableFuture<SubmitBatchResponse> answer = new CompletableFuture<>();
        StreamObserver<SubmitBatchRequest> upload =
                BatchServiceGrpc.newStub(channel).submitBatch(new Answer<>(answer));
        upload.onNext(
                SubmitBatchRequest.newBuilder()
                        .setHeader(
                                SubmitBatchRequest.Header.newBuilder()
                                        .setMutation(mutation())
                                        .setModel("churn")
                                        .setInputName("holdout.csv")
                                        .addKeepColumns("churn"))
                        .build());
        upload.onNext(
                SubmitBatchRequest.newBuilder()
                        .setChunk(ByteString.copyFrom(Files.readAllBytes(file)))
                        .build());
        upload.onCompleted();
        answer.get(60, TimeUnit.SECONDS);
    }

    /** Hands the one answer of a call on. */
    private record Answer<T>(CompletableFuture<T> future) implements StreamObserver<T> {
        @Override
        public void onNext(T response) {
            future.complete(response);
        }

        @Override
        public void onError(Throwable error) {
            future.completeExceptionally(error);
        }

        @Override
        public void onCompleted() {
            future.completeExceptionally(new IOException("The server gave no answer"));
        }
    }

    String engineerKey() {
        return IdentityServiceGrpc.newBlockingStub(channel)
                .createKey(
                        CreateKeyRequest.newBuilder()
                                .setMutation(mutation())
                                .setName("ml-engineer")
                                .addRoles("engineer")
                                .build())
                .getSecret();
    }

    /** Starts the rollout of the version and returns its id. */
    String startRollout(String candidate) {
        return RolloutServiceGrpc.newBlockingStub(channel)
                .startRollout(
                        StartRolloutRequest.newBuilder()
                                .setMutation(mutation())
                                .setModel("churn")
                                .setCandidate(candidate)
                                .setPlanYaml(PLAN)
                                .build())
                .getRollout()
                .getId();
    }

    Rollout rollout(String id) {
        return RolloutServiceGrpc.newBlockingStub(channel)
                .getRollout(GetRolloutRequest.newBuilder().setId(id).build())
                .getRollout();
    }

    Signature signature() {
        return RegistryServiceGrpc.newBlockingStub(channel)
                .listModels(ListModelsRequest.getDefaultInstance())
                .getModels(0)
                .getVersions(0)
                .getSignature();
    }
}
