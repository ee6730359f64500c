package dev.tidegate.server.retraining;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The result of one run, as {@code metrics.json} holds it and {@code tidegate train --output json}
 * prints it.
 *
 * @param run the run
 * @param model the model's name
 * @param version the version's name; null while nobody has given one
 * @param algorithm how the model was learned
 * @param metrics what was measured
 * @param champion the version that it was compared with; null when the run was alone
 * @param verdict {@code trained}: nothing was compared
 * @param trials how many settings were tried
 * @param seconds how long the run took
 * @param artifact the path of the ONNX file; its digest once it is registered
 * @param lineage what the model was made from
 */
public record TrainingReport(
        UUID run,
        String model,
        @Nullable String version,
        String algorithm,
        TrainingMetrics metrics,
        @Nullable String champion,
        String verdict,
        int trials,
        double seconds,
        String artifact,
        TrainingLineage lineage) {
    /** Returns the report of the run whose model was registered under this version's name. */
    TrainingReport registered(String registeredVersion, String digest) {
        return new TrainingReport(
                run,
                model,
                registeredVersion,
                algorithm,
                metrics,
                champion,
                verdict,
                trials,
                seconds,
                digest,
                lineage);
    }
}
