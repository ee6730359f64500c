package dev.tidegate.server.cli;

import dev.tidegate.proto.inference.GRPCInferenceServiceGrpc;
import dev.tidegate.server.inference.row.Row;
import dev.tidegate.server.inference.row.RowProtoMapper;
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
                        RowProtoMapper.request(model, version, unit, signature, rows)));
    }
}
