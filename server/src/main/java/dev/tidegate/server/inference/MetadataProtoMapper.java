package dev.tidegate.server.inference;

import dev.tidegate.proto.inference.ModelMetadataResponse;
import dev.tidegate.proto.inference.ModelMetadataResponse.TensorMetadata;
import dev.tidegate.server.registry.Column;
import dev.tidegate.server.registry.ModelSignature;
import dev.tidegate.server.registry.RegisteredVersion;
import dev.tidegate.server.registry.SignatureJson;
import dev.tidegate.server.registry.TensorSpec;
import java.util.List;
import java.util.stream.Collectors;

/** What a version takes and gives, as the protocol says it. */
public final class MetadataProtoMapper {
    private static final String PLATFORM = "onnx_onnxv1";
    private static final String REMOTE = "open_inference_remote";

    private final SignatureJson signatures;

    public MetadataProtoMapper(SignatureJson signatures) {
        this.signatures = signatures;
    }

    public ModelMetadataResponse metadata(RegisteredVersion version, List<String> versions) {
        ModelSignature signature = version.signature();
        return ModelMetadataResponse.newBuilder()
                .setName(version.model())
                .addAllVersions(versions)
                .setPlatform(version.remote().isPresent() ? REMOTE : PLATFORM)
                .addAllInputs(signature.inputs().stream().map(MetadataProtoMapper::tensor).toList())
                .addAllOutputs(
                        signature.outputs().stream().map(MetadataProtoMapper::tensor).toList())
                .putProperties("tidegate_version", version.version())
                .putProperties("tidegate_digest", version.digest())
                .putProperties("tidegate_signature", signatures.write(signature))
                .putProperties(
                        "tidegate_columns",
                        signature.columns().stream()
                                .map(Column::name)
                                .collect(Collectors.joining(",")))
                .build();
    }

    private static TensorMetadata tensor(TensorSpec spec) {
        return TensorMetadata.newBuilder()
                .setName(spec.name())
                .setDatatype(spec.datatype().name())
                .addAllShape(spec.shape())
                .build();
    }
}
