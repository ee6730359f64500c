package dev.tidegate.workbench.playground;

import dev.tidegate.workbench.tensor.Tensor;
import java.time.Duration;
import java.util.List;

/**
 * An answer.
 *
 * @param arm and {@code reason}: how it was routed, as the server says
 * @param roundTrip from this workbench and back
 */
public record Prediction(
        String version,
        String arm,
        String reason,
        String predictionId,
        List<Tensor> outputs,
        Duration roundTrip) {
    public Prediction {
        outputs = List.copyOf(outputs);
    }
}
