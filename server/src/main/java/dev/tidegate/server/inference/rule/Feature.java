package dev.tidegate.server.inference.rule;

import dev.tidegate.server.inference.ColumnStride;
import dev.tidegate.server.inference.NumberReader;
import dev.tidegate.server.inference.NumericTensor;
import dev.tidegate.server.inference.StringTensor;
import dev.tidegate.server.inference.Tensor;
import dev.tidegate.server.registry.Column;
import dev.tidegate.server.registry.ColumnKind;
import dev.tidegate.server.registry.ModelSignature;
import dev.tidegate.server.registry.TensorSpec;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * A named feature that an expression may read.
 *
 * @param place of its input, in the order of their names
 */
record Feature(String name, FeatureType type, int place, ColumnStride stride) {
    private static final Pattern IDENTIFIER = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");

    /** Returns the columns that have one value a row, and names that an expression can say. */
    static List<Feature> of(ModelSignature signature) {
        List<TensorSpec> inputs =
                signature.inputs().stream().sorted(Comparator.comparing(TensorSpec::name)).toList();
        Map<String, Integer> places = new HashMap<>();
        inputs.forEach(spec -> places.put(spec.name(), places.size()));
        return signature.columns().stream()
                .filter(column -> column.kind() != ColumnKind.TENSOR)
                .filter(column -> IDENTIFIER.matcher(column.name()).matches())
                .filter(column -> places.containsKey(column.input()))
                .map(column -> of(column, places.getOrDefault(column.input(), -1), inputs))
                .toList();
    }

    private static Feature of(Column column, int place, List<TensorSpec> inputs) {
        TensorSpec input = inputs.get(place);
        return new Feature(
                column.name(),
                FeatureType.of(input.datatype()),
                place,
                ColumnStride.of(column, input));
    }

    /** Returns the value of a row. */
    Object value(Tensor[] inputs, int row) {
        Tensor tensor = inputs[place];
        int at = row * stride.width(tensor) + stride.first();
        return switch (tensor) {
            case StringTensor text -> text.values()[at];
            case NumericTensor number -> {
                double value = NumberReader.of(number).at(at);
                yield type == FeatureType.TRUTH ? (Object) (value != 0) : (Object) value;
            }
        };
    }
}
