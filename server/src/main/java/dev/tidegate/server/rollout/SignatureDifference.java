package dev.tidegate.server.rollout;

import dev.tidegate.server.registry.Column;
import dev.tidegate.server.registry.ModelSignature;
import dev.tidegate.server.registry.RegisteredVersion;
import dev.tidegate.server.registry.TensorSpec;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Whether a candidate takes every request that the champion takes, and answers in the same form.
 * What was observed in training (ranges) may differ.
 */
final class SignatureDifference {
    private SignatureDifference() {}

    /** Returns the first difference in words, or empty. */
    static Optional<String> between(RegisteredVersion champion, RegisteredVersion candidate) {
        return between(champion.signature(), candidate.signature());
    }

    static Optional<String> between(ModelSignature champion, ModelSignature candidate) {
        return tensors("input", champion.inputs(), candidate.inputs())
                .or(() -> tensors("output", champion.outputs(), candidate.outputs()))
                .or(() -> columns(champion.columns(), candidate.columns()));
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

    private static Optional<String> columns(List<Column> champion, List<Column> candidate) {
        Map<String, Column> theirs =
                candidate.stream().collect(Collectors.toMap(Column::name, Function.identity()));
        for (Column column : champion) {
            Column other = theirs.get(column.name());
            if (other == null) {
                return Optional.of("column '" + column.name() + "' is missing here");
            }
            if (other.kind() != column.kind()) {
                return Optional.of(
                        "column '"
                                + column.name()
                                + "' is a "
                                + column.kind()
                                + " there and a "
                                + other.kind()
                                + " here");
            }
            if (column.nullable() && !other.nullable()) {
                return Optional.of(
                        "column '" + column.name() + "' may be missing there, but not here");
            }
            if (!accepts(other, column)) {
                return Optional.of(
                        "column '"
                                + column.name()
                                + "' allows "
                                + column.allowed()
                                + " there and "
                                + other.allowed()
                                + " here");
            }
        }
        return Optional.empty();
    }

    private static boolean accepts(Column candidate, Column champion) {
        return candidate.allowed().isEmpty()
                || (!champion.allowed().isEmpty()
                        && candidate.allowed().containsAll(champion.allowed()));
    }
}
