package dev.tidegate.server.batch;

import dev.tidegate.server.inference.RowInputs;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A row on its way through a version.
 *
 * @param number in the input, from 1
 * @param kept values of the columns that are copied, null where the row has none
 * @param inputs as the graph takes them; null when the row cannot be asked about
 * @param problem why it cannot; empty when it can
 */
record PreparedRow(
        long number, List<@Nullable Object> kept, @Nullable RowInputs inputs, String problem) {
    /** Bytes of a small object of Java. */
    private static final int OBJECT = 40;

    PreparedRow {
        kept = Collections.unmodifiableList(kept);
    }

    /** Returns about how many bytes of memory it takes. */
    long bytes() {
        long bytes = inputs == null ? 0 : inputs.bytes();
        for (@Nullable Object value : kept) {
            bytes += sizeOf(value);
        }
        return bytes;
    }

    private static long sizeOf(@Nullable Object value) {
        return switch (value) {
            case null -> 0;
            case String text -> OBJECT + text.length();
            case Collection<?> values -> values.stream().mapToLong(PreparedRow::sizeOf).sum();
            case Map<?, ?> values -> sizeOf(values.keySet()) + sizeOf(values.values());
            default -> OBJECT;
        };
    }
}
