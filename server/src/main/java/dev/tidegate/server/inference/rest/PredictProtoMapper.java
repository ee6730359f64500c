package dev.tidegate.server.inference.rest;

import dev.tidegate.server.inference.row.FeatureCheck;
import dev.tidegate.server.inference.row.RowProtoMapper;
import dev.tidegate.server.registry.ModelSignature;
import java.util.Objects;

/** Rows of named features as the message that inference takes. */
final class PredictProtoMapper {
    private PredictProtoMapper() {}

    static byte[] wire(String model, PredictRequest request, ModelSignature signature) {
        FeatureCheck check = new FeatureCheck(signature);
        request.rows().forEach(check::check);
        return RowProtoMapper.request(
                        model,
                        request.version(),
                        Objects.requireNonNullElse(request.customer(), ""),
                        signature,
                        request.rows())
                .toByteArray();
    }
}
