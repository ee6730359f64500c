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

/** One model with two versions: a number, a nullable number, and a category. */
public final class ScriptedRegistry extends RegistryServiceGrpc.RegistryServiceImplBase {
    @Override
    public void listModels(ListModelsRequest request, StreamObserver<ListModelsResponse> observer) {
        observer.onNext(
                ListModelsResponse.newBuilder()
                        .addModels(
                                Model.newBuilder()
                                        .setName("churn")
                                        .addVersions(version("v1", "champion"))
                                        .addVersions(version("v2", "candidate")))
                        .build());
        observer.onCompleted();
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
