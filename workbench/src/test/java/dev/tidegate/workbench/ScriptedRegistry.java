package dev.tidegate.workbench;

import dev.tidegate.proto.v1.Column;
import dev.tidegate.proto.v1.ListModelsRequest;
import dev.tidegate.proto.v1.ListModelsResponse;
import dev.tidegate.proto.v1.Model;
import dev.tidegate.proto.v1.RegistryServiceGrpc;
import dev.tidegate.proto.v1.Signature;
import dev.tidegate.proto.v1.Tensor;
import dev.tidegate.proto.v1.Version;
import io.grpc.stub.StreamObserver;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/** One model with two versions: a number, a nullable number, and a category. */
public final class ScriptedRegistry extends RegistryServiceGrpc.RegistryServiceImplBase {
    private final List<String> later = new CopyOnWriteArrayList<>();
    private final AtomicInteger questions = new AtomicInteger();
    private volatile boolean silent;

    @Override
    public void listModels(ListModelsRequest request, StreamObserver<ListModelsResponse> observer) {
        questions.incrementAndGet();
        if (silent) {
            return;
        }
        Model.Builder churn =
                Model.newBuilder()
                        .setName("churn")
                        .addVersions(version("v1", "champion"))
                        .addVersions(version("v2", "candidate"));
        later.forEach(name -> churn.addVersions(version(name, "")));
        observer.onNext(ListModelsResponse.newBuilder().addModels(churn).build());
        observer.onCompleted();
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

    private static Version version(String name, String alias) {
        return Version.newBuilder()
                .setModel("churn")
                .setVersion(name)
                .addAliases(alias)
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
