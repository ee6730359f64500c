package dev.tidegate.server.predictionlog;

import dev.tidegate.server.registry.Column;
import dev.tidegate.server.registry.ColumnKind;
import dev.tidegate.server.registry.ModelSignature;
import dev.tidegate.server.registry.TensorSpec;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Where the redacted fields of a version lie in its messages. */
final class RedactedFields {
    private final LogSettings settings;
    private final ModelSignature signature;
    private final Map<String, RedactedTensor> inputs = new HashMap<>();

    RedactedFields(LogSettings settings, ModelSignature signature) {
        this.settings = settings;
        this.signature = signature;
        for (Column column : signature.columns()) {
            if (isRedacted(column.name())) {
                inputs.merge(column.input(), lying(column), RedactedTensor::and);
            }
        }
        for (TensorSpec input : signature.inputs()) {
            if (isRedacted(input.name())) {
                inputs.put(input.name(), RedactedTensor.WHOLE);
            }
        }
    }

    private static RedactedTensor lying(Column column) {
        return column.kind() == ColumnKind.TENSOR
                ? RedactedTensor.WHOLE
                : RedactedTensor.column(column.index());
    }

    /** Returns whether these are the fields of those settings in that signature. */
    boolean areOf(LogSettings others, ModelSignature other) {
        return settings.equals(others) && signature.equals(other);
    }

    boolean isRedacted(String name) {
        return settings.redacted().contains(name);
    }

    boolean areInRequests() {
        return !inputs.isEmpty() || isRedacted(LogSettings.UNIT);
    }

    /** Returns whether an answer may have some: any name but those of what goes in. */
    boolean areInResponses() {
        return settings.redacted().stream().anyMatch(name -> isOutput(name) || !isInput(name));
    }

    private boolean isOutput(String name) {
        return signature.outputs().stream().anyMatch(output -> output.name().equals(name));
    }

    private boolean isInput(String name) {
        return name.equals(LogSettings.UNIT)
                || inputs.containsKey(name)
                || signature.columns().stream().anyMatch(column -> column.name().equals(name));
    }

    /** Returns what is redacted of an input; null when nothing is. */
    @Nullable RedactedTensor input(String name) {
        return inputs.get(name);
    }

    /** Returns the names of all that the settings redact. */
    List<String> names() {
        return settings.redacted();
    }
}
