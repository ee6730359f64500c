package dev.tidegate.server.inference;

import dev.tidegate.server.inference.row.Row;
import dev.tidegate.server.inference.row.RowProtoMapper;
import java.util.List;

/** Rows of a batch job as a request for each would bring them. */
final class BulkRowProtoMapper {
    private BulkRowProtoMapper() {}

    static Tensor[] inputs(SignaturePlan plan, Row row) {
        return InferRequestProtoMapper.of(
                        RowProtoMapper.request("", "", "", plan.signature(), List.of(row)))
                .inputs(plan);
    }
}
