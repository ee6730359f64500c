package dev.tidegate.server.retraining;

import dev.tidegate.server.dataset.DatasetColumn;
import dev.tidegate.server.platform.error.TidegateException;

/**
 * Rows to leave out of a training: those with this value in this column.
 *
 * @param column the column's name
 * @param value the value as the file has it
 */
public record Exclusion(String column, String value) {

    /**
     * Returns the exclusion that {@code COLUMN=VALUE} describes.
     *
     * @throws IllegalArgumentException when there is no equals sign or nothing before it
     */
    public static Exclusion parse(String text) {
        int equals = text.indexOf('=');
        if (equals < 1) {
            throw new IllegalArgumentException("expected COLUMN=VALUE, got \"%s\"".formatted(text));
        }
        return new Exclusion(text.substring(0, equals), text.substring(equals + 1));
    }

    /** Returns {@code COLUMN=VALUE}. */
    @Override
    public String toString() {
        return column + "=" + value;
    }

    void requireIn(DatasetColumn values) {
        if (!values.distinct().contains(value)) {
            throw TidegateException.invalid(
                    "no row has %s=%s; values there are %s".formatted(column, value, some(values)));
        }
    }

    private static String some(DatasetColumn values) {
        return String.join(", ", values.distinct().stream().limit(20).toList());
    }
}
