package dev.tidegate.server.cli;

import dev.tidegate.proto.inference.GRPCInferenceServiceGrpc;
import dev.tidegate.server.registry.ModelSignature;
import java.util.List;

/** Asks a model over the Open Inference Protocol. */
final class GrpcPredictGateway {
    private final GRPCInferenceServiceGrpc.GRPCInferenceServiceBlockingStub inference;

    GrpcPredictGateway(ServerConnection connection) {
        inference = GRPCInferenceServiceGrpc.newBlockingStub(connection.channel());
    }

    /**
     * Asks about all rows at once.
     *
     * @param version empty: the server's choice
     * @param unit empty: none
     */
    Document predict(
            String model, String version, String unit, ModelSignature signature, List<Row> rows) {
        return InferProtoMapper.answer(
                inference.modelInfer(
                        InferProtoMapper.request(model, version, unit, signature, rows)));
    }
}
