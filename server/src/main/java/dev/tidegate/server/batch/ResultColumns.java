package dev.tidegate.server.batch;

import dev.tidegate.server.registry.RegisteredVersion;
import dev.tidegate.server.registry.TensorSpec;
import java.util.ArrayList;
import java.util.List;

/**
 * The columns of a result: the row's number in the input, kept columns, the version's outputs, and
 * why a row failed.
 */
record ResultColumns(List<String> keep, List<String> outputs) {
    static final String ROW = "row";
    static final String ERROR = "error";

    ResultColumns {
        keep = List.copyOf(keep);
        outputs = List.copyOf(outputs);
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
                        .toList());
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
