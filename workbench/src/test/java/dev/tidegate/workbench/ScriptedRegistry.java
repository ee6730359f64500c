package dev.tidegate.workbench;

import com.google.protobuf.Timestamp;
import dev.tidegate.proto.v1.Column;
import dev.tidegate.proto.v1.GetModelRequest;
import dev.tidegate.proto.v1.GetModelResponse;
import dev.tidegate.proto.v1.ListModelsRequest;
import dev.tidegate.proto.v1.ListModelsResponse;
import dev.tidegate.proto.v1.ListReplicaMemoryRequest;
import dev.tidegate.proto.v1.ListReplicaMemoryResponse;
import dev.tidegate.proto.v1.LoadVersionRequest;
import dev.tidegate.proto.v1.LoadVersionResponse;
import dev.tidegate.proto.v1.Model;
import dev.tidegate.proto.v1.RegistryServiceGrpc;
import dev.tidegate.proto.v1.ReplicaMemory;
import dev.tidegate.proto.v1.SetAliasRequest;
import dev.tidegate.proto.v1.SetAliasResponse;
import dev.tidegate.proto.v1.Signature;
import dev.tidegate.proto.v1.Tensor;
import dev.tidegate.proto.v1.UnloadVersionRequest;
import dev.tidegate.proto.v1.UnloadVersionResponse;
import dev.tidegate.proto.v1.Version;
import dev.tidegate.proto.v1.VersionCost;
import dev.tidegate.proto.v1.VersionOnReplica;
import io.grpc.Status;
import io.grpc.stub.StreamObserver;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/** One model with two versions: a number, a nullable number, and a category. */
public final class ScriptedRegistry extends RegistryServiceGrpc.RegistryServiceImplBase {
    private final List<String> later = new CopyOnWriteArrayList<>();
    private final AtomicInteger questions = new AtomicInteger();
    private final List<String> loaded = new CopyOnWriteArrayList<>(List.of("v1", "v2"));
    private final List<SetAliasRequest> aliasRequests = new CopyOnWriteArrayList<>();
    private volatile String champion = "v1";
    private volatile boolean silent;
    private volatile boolean memoryFails;

    @Override
    public void listModels(ListModelsRequest request, StreamObserver<ListModelsResponse> observer) {
        questions.incrementAndGet();
        if (silent) {
            return;
        }
        answer(observer, ListModelsResponse.newBuilder().addModels(churn()).build());
    }

    @Override
    public void getModel(GetModelRequest request, StreamObserver<GetModelResponse> observer) {
        if (request.getModel().equals("churn")) {
            answer(observer, GetModelResponse.newBuilder().setModel(churn()).build());
        } else {
            observer.onError(
                    Status.NOT_FOUND
                            .withDescription("model '%s' is unknown".formatted(request.getModel()))
                            .asRuntimeException());
        }
    }

    @Override
    public void loadVersion(
            LoadVersionRequest request, StreamObserver<LoadVersionResponse> observer) {
        String version = request.getVersion().getVersion();
        loaded.add(version);
        answer(observer, LoadVersionResponse.newBuilder().setVersion(version(version, "")).build());
    }

    @Override
    public void unloadVersion(
            UnloadVersionRequest request, StreamObserver<UnloadVersionResponse> observer) {
        observer.onError(
                Status.FAILED_PRECONDITION
                        .withDescription("churn version v9 is busy")
                        .asRuntimeException());
    }

    @Override
    public void setAlias(SetAliasRequest request, StreamObserver<SetAliasResponse> observer) {
        champion = request.getVersion();
        aliasRequests.add(request);
        answer(observer, SetAliasResponse.newBuilder().setModel(churn()).build());
    }

    @Override
    public void listReplicaMemory(
            ListReplicaMemoryRequest request, StreamObserver<ListReplicaMemoryResponse> observer) {
        if (memoryFails) {
            observer.onError(
                    Status.PERMISSION_DENIED
                            .withDescription("needs one of the roles [viewer]")
                            .asRuntimeException());
            return;
        }
        answer(
                observer,
                ListReplicaMemoryResponse.newBuilder()
                        .addReplicas(
                                replica("tidegate-0:41", true, true)
                                        .addVersions(held("v1", "READY", 3_457_198, ""))
                                        .addVersions(held("v2", "READY", 3_457_198, "")))
                        .addReplicas(
                                replica("tidegate-1:17", true, false)
                                        .addVersions(held("v1", "READY", 3_457_198, ""))
                                        .addVersions(
                                                held(
                                                        "v2",
                                                        "FAILED",
                                                        0,
                                                        "artifact 9f86d081 is damaged")))
                        .addReplicas(
                                replica("tidegate-2:23", false, false)
                                        .addVersions(held("v1", "READY", 3_457_198, "")))
                        .build());
    }

    private static ReplicaMemory.Builder replica(String name, boolean live, boolean here) {
        return ReplicaMemory.newBuilder()
                .setReplica(name)
                .setLive(live)
                .setHere(here)
                .setLeaseUntil(ScriptedServer.timestamp(ScriptedFleet.START.plusSeconds(30)))
                .setBudgetBytes(2_147_483_648L)
                .setTakenBytes(412_300_000);
    }

    private static VersionOnReplica held(String version, String state, long bytes, String reason) {
        return VersionOnReplica.newBuilder()
                .setVersion(version)
                .setState(state)
                .setBytes(bytes)
                .setReason(reason)
                .setSince(ScriptedServer.timestamp(ScriptedFleet.START.plusSeconds(20)))
                .build();
    }

    /** Refuses to tell of memory from now on. */
    public void hideMemory() {
        memoryFails = true;
    }

    private static <T> void answer(StreamObserver<T> observer, T answer) {
        observer.onNext(answer);
        observer.onCompleted();
    }

    private Model churn() {
        Model.Builder churn =
                Model.newBuilder()
                        .setName("churn")
                        .setRevision(7)
                        .addVersions(version("v1", champion.equals("v1") ? "champion" : ""))
                        .addVersions(version("v2", "candidate"));
        later.forEach(
                name -> churn.addVersions(version(name, champion.equals(name) ? "champion" : "")));
        return churn.build();
    }

    /** The aliases that were asked for, in order. */
    public List<SetAliasRequest> aliasRequests() {
        return aliasRequests;
    }

    /** Registers one more version. */
    public void register(String version) {
        later.add(version);
    }

    /** Answers nothing from now on. */
    public ScriptedRegistry silent() {
        silent = true;
        return this;
    }

    /** How often it was asked. */
    public int questions() {
        return questions.get();
    }

    private Version version(String name, String alias) {
        return Version.newBuilder()
                .setModel("churn")
                .setVersion(name)
                .setState(alias.isEmpty() ? "VALIDATED" : "LIVE")
                .setLoaded(loaded.contains(name))
                .setBytes(1_204_311)
                .setDigest("9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08")
                .setRegisteredAt(Timestamp.newBuilder().setSeconds(1_790_000_000))
                .setRegisteredBy("admin")
                .setCost(
                        VersionCost.newBuilder()
                                .setInferences(48_213)
                                .setCoreSecondsPerThousand(name.equals("v1") ? 0.0412 : 0.0188))
                .addAllAliases(alias.isEmpty() ? List.of() : List.of(alias))
                .setSignature(
                        Signature.newBuilder()
                                .addColumns(number("tenure", false, 0, 72))
                                .addColumns(number("total_charges", true, 18.8, 8684.8))
                                .addColumns(
                                        Column.newBuilder()
                                                .setName("contract")
                                                .setKind("category")
                                                .setInput("contract")
                                                .addAllAllowed(
                                                        List.of(
                                                                "Month-to-month",
                                                                "One year",
                                                                "Two year")))
                                .addInputs(tensor("tenure", "FP32"))
                                .addInputs(tensor("total_charges", "FP32"))
                                .addInputs(tensor("contract", "BYTES"))
                                .addOutputs(tensor("probability", "FP32")))
                .build();
    }

    private static Column number(String name, boolean nullable, double minimum, double maximum) {
        return Column.newBuilder()
                .setName(name)
                .setKind("number")
                .setInput(name)
                .setNullable(nullable)
                .setMinimum(minimum)
                .setMaximum(maximum)
                .build();
    }

    private static Tensor tensor(String name, String datatype) {
        return Tensor.newBuilder()
                .setName(name)
                .setDatatype(datatype)
                .addShape(-1)
                .addShape(1)
                .build();
    }
}
