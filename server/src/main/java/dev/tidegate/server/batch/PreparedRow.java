package dev.tidegate.server.batch;

import dev.tidegate.server.inference.RowInputs;
import java.util.Collections;
import java.util.List;
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
    PreparedRow {
        kept = Collections.unmodifiableList(kept);
    }
}
