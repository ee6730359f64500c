package dev.tidegate.server.registry;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * What a model version accepts and answers.
 *
 * @param columns the named columns, each lying in one of the inputs; names are unique
 * @param inputs the graph's inputs; names are unique
 * @param outputs the graph's outputs; names are unique
 */
public record ModelSignature(
        List<Column> columns, List<TensorSpec> inputs, List<TensorSpec> outputs) {

    public ModelSignature {
        columns = List.copyOf(columns);
        inputs = List.copyOf(inputs);
        outputs = List.copyOf(outputs);
        requireUnique("column", columns, Column::name);
        requireUnique("input", inputs, TensorSpec::name);
        requireUnique("output", outputs, TensorSpec::name);
        Set<String> known = inputs.stream().map(TensorSpec::name).collect(Collectors.toSet());
        for (Column column : columns) {
            if (!known.contains(column.input())) {
                throw new IllegalArgumentException(
                        "column %s lies in input %s, but the inputs are %s"
                                .formatted(column.name(), column.input(), known));
            }
        }
    }

    private static <T> void requireUnique(String what, List<T> items, Function<T, String> name) {
        Set<String> seen = new HashSet<>();
        for (T item : items) {
            if (!seen.add(name.apply(item))) {
                throw new IllegalArgumentException(
                        "%s %s appears twice".formatted(what, name.apply(item)));
            }
        }
    }
}
