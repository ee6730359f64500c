package dev.tidegate.workbench.fleet;

import dev.tidegate.workbench.chart.Samples;
import dev.tidegate.workbench.control.WeightBar;
import dev.tidegate.workbench.theme.Tone;
import java.util.List;
import java.util.Optional;

/**
 * One line of the model table, ready to be shown.
 *
 * @param basis what the numbers rest on: how many requests in which window
 * @param rolloutId the open rollout to go to, if there is one
 */
record ModelRow(
        String name,
        String rate,
        String errors,
        String p50,
        String p95,
        String p99,
        String basis,
        List<WeightBar.Piece> weights,
        Tone tone,
        String state,
        Optional<String> rolloutId,
        Samples trend) {
    ModelRow {
        weights = List.copyOf(weights);
    }
}
