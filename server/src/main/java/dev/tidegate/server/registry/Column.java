package dev.tidegate.server.registry;

import java.util.List;
import java.util.OptionalDouble;

/**
 * A named column of a model, and where the graph takes it.
 *
 * @param name the column's name for people and named-feature calls
 * @param kind what its values are
 * @param input the name of the graph input that holds it
 * @param index its position in that input's last dimension, from 0
 * @param nullable whether a value may be missing: NaN for numbers, the empty string for categories
 * @param allowed the categories that the model accepts, enforced; empty accepts every value
 * @param minimum the smallest value observed in training, as information
 * @param maximum the largest value observed in training, as information
 */
public record Column(
        String name,
        ColumnKind kind,
        String input,
        int index,
        boolean nullable,
        List<String> allowed,
        OptionalDouble minimum,
        OptionalDouble maximum) {

    public Column {
        if (name.isBlank()) {
            throw new IllegalArgumentException("a column needs a name, got \"" + name + "\"");
        }
        if (index < 0) {
            throw new IllegalArgumentException(
                    "index of column %s counts from 0, got %d".formatted(name, index));
        }
        allowed = List.copyOf(allowed);
        if (minimum.isPresent()
                && maximum.isPresent()
                && minimum.getAsDouble() > maximum.getAsDouble()) {
            throw new IllegalArgumentException(
                    "column %s has minimum %s above maximum %s"
                            .formatted(name, minimum.getAsDouble(), maximum.getAsDouble()));
        }
    }

    /** Returns a column of categories; {@code allowed} lists those that are accepted. */
    public static Column category(
            String name, String input, int index, boolean nullable, List<String> allowed) {
        return new Column(
                name,
                ColumnKind.CATEGORY,
                input,
                index,
                nullable,
                allowed,
                OptionalDouble.empty(),
                OptionalDouble.empty());
    }

    /**
     * Returns a column of numbers that were observed between {@code minimum} and {@code maximum}.
     */
    public static Column number(
            String name,
            String input,
            int index,
            boolean nullable,
            double minimum,
            double maximum) {
        return new Column(
                name,
                ColumnKind.NUMBER,
                input,
                index,
                nullable,
                List.of(),
                OptionalDouble.of(minimum),
                OptionalDouble.of(maximum));
    }
}
