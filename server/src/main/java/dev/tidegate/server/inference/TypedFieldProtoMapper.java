package dev.tidegate.server.inference;

import dev.tidegate.proto.inference.InferTensorContents;
import dev.tidegate.server.registry.DataType;

/** The field of typed contents that an element type comes in. */
enum TypedFieldProtoMapper {
    BOOLS("bool_contents"),
    INTS("int_contents"),
    LONGS("int64_contents"),
    UNSIGNED_INTS("uint_contents"),
    UNSIGNED_LONGS("uint64_contents"),
    FLOATS("fp32_contents"),
    DOUBLES("fp64_contents"),
    STRINGS("bytes_contents"),
    NONE("raw_input_contents");

    private final String wireName;

    TypedFieldProtoMapper(String wireName) {
        this.wireName = wireName;
    }

    static TypedFieldProtoMapper of(DataType datatype) {
        return switch (datatype) {
            case BOOL -> BOOLS;
            case INT8, INT16, INT32 -> INTS;
            case INT64 -> LONGS;
            case UINT8, UINT16, UINT32 -> UNSIGNED_INTS;
            case UINT64 -> UNSIGNED_LONGS;
            case FP32 -> FLOATS;
            case FP64 -> DOUBLES;
            case BYTES -> STRINGS;
            case FP16, BF16 -> NONE;
        };
    }

    /** Returns another field that holds something, NONE when there is no such field. */
    static TypedFieldProtoMapper filledBeside(
            TypedFieldProtoMapper expected, InferTensorContents contents) {
        for (TypedFieldProtoMapper field : values()) {
            if (field != expected && field.count(contents) > 0) {
                return field;
            }
        }
        return NONE;
    }

    String wireName() {
        return wireName;
    }

    int count(InferTensorContents contents) {
        return switch (this) {
            case BOOLS -> contents.getBoolContentsCount();
            case INTS -> contents.getIntContentsCount();
            case LONGS -> contents.getInt64ContentsCount();
            case UNSIGNED_INTS -> contents.getUintContentsCount();
            case UNSIGNED_LONGS -> contents.getUint64ContentsCount();
            case FLOATS -> contents.getFp32ContentsCount();
            case DOUBLES -> contents.getFp64ContentsCount();
            case STRINGS -> contents.getBytesContentsCount();
            case NONE -> 0;
        };
    }
}
