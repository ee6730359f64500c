package dev.tidegate.workbench.playground;

import java.util.Locale;

/** Which field of the protocol's typed contents carries the elements of a data type. */
enum ContentField {
    BOOL("bool_contents", ".addBoolContents", "np.bool_"),
    INT("int_contents", ".addIntContents", ""),
    INT64("int64_contents", ".addInt64Contents", "np.int64"),
    UINT("uint_contents", ".addUintContents", ""),
    UINT64("uint64_contents", ".addUint64Contents", "np.uint64"),
    FP32("fp32_contents", ".addFp32Contents", "np.float32"),
    FP64("fp64_contents", ".addFp64Contents", "np.float64"),
    BYTES("bytes_contents", ".addBytesContents", "np.object_");

    private final String json;
    private final String adder;
    private final String numpy;

    ContentField(String json, String adder, String numpy) {
        this.json = json;
        this.adder = adder;
        this.numpy = numpy;
    }

    static ContentField of(String datatype) {
        return switch (datatype) {
            case "BOOL" -> BOOL;
            case "INT8", "INT16", "INT32" -> INT;
            case "INT64" -> INT64;
            case "UINT8", "UINT16", "UINT32" -> UINT;
            case "UINT64" -> UINT64;
            case "FP32" -> FP32;
            case "FP64" -> FP64;
            case "BYTES" -> BYTES;
            default ->
                    throw new IllegalArgumentException(
                            "Expected a data type that can be typed in, got " + datatype);
        };
    }

    /** Its name in protobuf's JSON. */
    String json() {
        return json;
    }

    /** The method of the generated Java builder that adds an element. */
    String adder() {
        return adder;
    }

    /** The numpy type of that data type; those of 32 bits and fewer share a field. */
    String numpy(String datatype) {
        return numpy.isEmpty() ? "np." + datatype.toLowerCase(Locale.ROOT) : numpy;
    }
}
