package dev.tidegate.server.inference;

import dev.tidegate.proto.inference.DataType;
import dev.tidegate.proto.inference.ModelConfig;
import dev.tidegate.proto.inference.ModelInput;
import dev.tidegate.proto.inference.ModelInstanceGroup;
import dev.tidegate.proto.inference.ModelOutput;
import dev.tidegate.proto.inference.ModelParameter;
import dev.tidegate.proto.inference.ModelTransactionPolicy;
import dev.tidegate.server.registry.RegisteredVersion;
import dev.tidegate.server.registry.TensorSpec;

/** What a version is, as Triton's clients read it; shapes are whole, the batch's dimension too. */
final class ModelConfigProtoMapper {

    ModelConfig config(RegisteredVersion version) {
        ModelConfig.Builder config =
                ModelConfig.newBuilder()
                        .setName(version.model())
                        .setPlatform("onnxruntime_onnx")
                        .setBackend("onnxruntime")
                        .setDefaultModelFilename("model.onnx")
                        .addInstanceGroup(
                                ModelInstanceGroup.newBuilder()
                                        .setName(version.model())
                                        .setCount(1)
                                        .setKind(ModelInstanceGroup.Kind.KIND_CPU))
                        .setModelTransactionPolicy(ModelTransactionPolicy.getDefaultInstance())
                        .putParameters("tidegate_version", text(version.version()))
                        .putParameters("tidegate_digest", text(version.digest()));
        version.signature().inputs().forEach(spec -> config.addInput(input(spec)));
        version.signature().outputs().forEach(spec -> config.addOutput(output(spec)));
        return config.build();
    }

    private static ModelInput input(TensorSpec spec) {
        return ModelInput.newBuilder()
                .setName(spec.name())
                .setDataType(type(spec))
                .addAllDims(spec.shape())
                .build();
    }

    private static ModelOutput output(TensorSpec spec) {
        return ModelOutput.newBuilder()
                .setName(spec.name())
                .setDataType(type(spec))
                .addAllDims(spec.shape())
                .build();
    }

    private static DataType type(TensorSpec spec) {
        return switch (spec.datatype()) {
            case BOOL -> DataType.TYPE_BOOL;
            case UINT8 -> DataType.TYPE_UINT8;
            case UINT16 -> DataType.TYPE_UINT16;
            case UINT32 -> DataType.TYPE_UINT32;
            case UINT64 -> DataType.TYPE_UINT64;
            case INT8 -> DataType.TYPE_INT8;
            case INT16 -> DataType.TYPE_INT16;
            case INT32 -> DataType.TYPE_INT32;
            case INT64 -> DataType.TYPE_INT64;
            case FP16 -> DataType.TYPE_FP16;
            case BF16 -> DataType.TYPE_BF16;
            case FP32 -> DataType.TYPE_FP32;
            case FP64 -> DataType.TYPE_FP64;
            case BYTES -> DataType.TYPE_STRING;
        };
    }

    private static ModelParameter text(String value) {
        return ModelParameter.newBuilder().setStringValue(value).build();
    }
}
