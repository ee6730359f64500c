package dev.tidegate.server.inference.rule;

import dev.cel.common.types.CelType;
import dev.cel.common.types.SimpleType;
import dev.tidegate.server.registry.DataType;

/** What an expression sees of a column. */
enum FeatureType {
    NUMBER(SimpleType.DOUBLE),
    TRUTH(SimpleType.BOOL),
    TEXT(SimpleType.STRING);

    private final CelType celType;

    FeatureType(CelType celType) {
        this.celType = celType;
    }

    CelType celType() {
        return celType;
    }

    static FeatureType of(DataType datatype) {
        return switch (datatype) {
            case BYTES -> TEXT;
            case BOOL -> TRUTH;
            case UINT8, UINT16, UINT32, UINT64, INT8, INT16, INT32, INT64, FP16, BF16, FP32, FP64 ->
                    NUMBER;
        };
    }
}
