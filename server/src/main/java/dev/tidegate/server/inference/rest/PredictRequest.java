package dev.tidegate.server.inference.rest;

import dev.tidegate.server.inference.row.Row;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is asked about rows of named features.
 *
 * @param model empty for the default
 * @param version empty for the server's choice
 * @param customer the unit, null without one
 * @param isOne whether the row came alone, and is answered so
 */
record PredictRequest(
        String model, String version, @Nullable String customer, boolean isOne, List<Row> rows) {
    PredictRequest {
        rows = List.copyOf(rows);
    }
}
