package dev.tidegate.server.registry;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Whether a version takes every request that the champion takes, and answers in the same form. What
 * was observed in training (ranges) may differ.
 */
public final class SignatureDifference {
    private SignatureDifference() {}

    /** Returns the first difference in words, or empty. */
    public static Optional<String> between(
            RegisteredVersion champion, RegisteredVersion candidate) {
        return between(champion.signature(), candidate.signature());
    }

    static Optional<String> between(ModelSignature champion, ModelSignature candidate) {
        return tensors("input", champion.inputs(), candidate.inputs())
                .or(() -> tensors("output", champion.outputs(), candidate.outputs()))
                .or(() -> columns(champion, candidate));
    }

    private static Optional<String> tensors(
            String what, List<TensorSpec> champion, List<TensorSpec> candidate) {
        Map<String, TensorSpec> theirs =
                candidate.stream().collect(Collectors.toMap(TensorSpec::name, Function.identity()));
        for (TensorSpec tensor : champion) {
            TensorSpec other = theirs.remove(tensor.name());
            if (!tensor.equals(other)) {
                return Optional.of(
                        what
                                + " '"
                                + tensor.name()
                                + "' is "
                                + tensor
                                + " there and "
                                + (other == null ? "missing" : other.toString())
                                + " here");
            }
        }
        return theirs.keySet().stream()
                .findFirst()
                .map(name -> what + " '" + name + "' is asked for here, but not there");
    }

    private static Optional<String> columns(ModelSignature champion, ModelSignature candidate) {
        Map<String, Column> theirs =
                candidate.columns().stream()
                        .collect(
                                Collectors.toMap(
                                        Column::name,
                                        Function.identity(),
                                        (a, b) -> a,
                                        LinkedHashMap::new));
        for (Column column : champion.columns()) {
            Column other = theirs.remove(column.name());
            Optional<String> difference =
                    other == null ? Optional.of("is missing here") : column(column, other);
            if (difference.isPresent()) {
                return difference.map(text -> "column '" + column.name() + "' " + text);
            }
        }
        return theirs.values().stream()
                .filter(column -> constrains(column, candidate.inputs()))
                .findFirst()
                .map(
                        column ->
                                "column '"
                                        + column.name()
                                        + "' restricts "
                                        + place(column)
                                        + " here, but not there");
    }

    private static Optional<String> column(Column there, Column here) {
        if (here.kind() != there.kind()) {
            return Optional.of("is a " + there.kind() + " there and a " + here.kind() + " here");
        }
        if (!place(here).equals(place(there))) {
            return Optional.of("is " + place(there) + " there and " + place(here) + " here");
        }
        if (there.nullable() && !here.nullable()) {
            return Optional.of("may be missing there, but not here");
        }
        return accepts(here, there)
                ? Optional.empty()
                : Optional.of(
                        "allows " + there.allowed() + " there and " + here.allowed() + " here");
    }

    private static String place(Column column) {
        return "index " + column.index() + " of input '" + column.input() + "'";
    }

    private static boolean accepts(Column candidate, Column champion) {
        return candidate.allowed().isEmpty()
                || (!champion.allowed().isEmpty()
                        && candidate.allowed().containsAll(champion.allowed()));
    }

    /** Returns whether some value of the column is refused. */
    private static boolean constrains(Column column, List<TensorSpec> inputs) {
        boolean mayBeNaN =
                inputs.stream()
                        .filter(input -> input.name().equals(column.input()))
                        .map(TensorSpec::datatype)
                        .anyMatch(type -> type == DataType.FP32 || type == DataType.FP64);
        return column.kind() != ColumnKind.TENSOR
                && (!column.allowed().isEmpty() || (!column.nullable() && mayBeNaN));
    }
}
