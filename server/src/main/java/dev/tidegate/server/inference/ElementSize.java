package dev.tidegate.server.inference;

import dev.tidegate.server.registry.DataType;

/** How many bytes one element takes in raw form. */
public final class ElementSize {
    private ElementSize() {}

    /** Returns bytes per element; 0 for BYTES, whose elements carry their own length. */
    public static int of(DataType datatype) {
        return switch (datatype) {
            case BOOL, UINT8, INT8 -> 1;
            case UINT16, INT16, FP16, BF16 -> 2;
            case UINT32, INT32, FP32 -> 4;
            case UINT64, INT64, FP64 -> 8;
            case BYTES -> 0;
        };
    }
}
