package dev.tidegate.server.batch;

import dev.tidegate.server.platform.duckdb.DuckDbType;
import dev.tidegate.server.registry.RegisteredVersion;
import dev.tidegate.server.registry.TensorSpec;
import java.util.ArrayList;
import java.util.List;

/**
 * The columns of a result: the row's number in the input, kept columns, the version's outputs, and
 * why a row failed.
 *
 * @param types of the outputs' columns, where a form has types
 */
record ResultColumns(List<String> keep, List<String> outputs, List<DuckDbType> types) {
    static final String ROW = "row";
    static final String ERROR = "error";

    ResultColumns {
        keep = List.copyOf(keep);
        outputs = List.copyOf(outputs);
        types = List.copyOf(types);
    }

    static ResultColumns of(RegisteredVersion version, List<String> keep) {
        return new ResultColumns(
                keep,
                version.signature().outputs().stream()
                        .map(TensorSpec::name)
                        .map(
                                name ->
                                        name.equals(ROW) || name.equals(ERROR)
                                                ? "output." + name
                                                : name)
                        .toList(),
                version.signature().outputs().stream().map(ResultColumns::type).toList());
    }

    /** Returns the type of a column that has one element of the output a row; else text. */
    private static DuckDbType type(TensorSpec output) {
        boolean isOne = output.shape().stream().skip(1).allMatch(size -> size == 1);
        return !isOne
                ? DuckDbType.TEXT
                : switch (output.datatype()) {
                    case BOOL -> DuckDbType.BOOLEAN;
                    case INT8, INT16, INT32, INT64, UINT8, UINT16, UINT32 -> DuckDbType.BIGINT;
                    case FP16, BF16, FP32, FP64 -> DuckDbType.DOUBLE;
                    case UINT64, BYTES -> DuckDbType.TEXT;
                };
    }

    List<String> names() {
        List<String> names = new ArrayList<>();
        names.add(ROW);
        names.addAll(keep);
        names.addAll(outputs);
        names.add(ERROR);
        return names;
    }
}
