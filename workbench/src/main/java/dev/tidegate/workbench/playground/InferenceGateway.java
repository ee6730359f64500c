package dev.tidegate.workbench.playground;

import dev.tidegate.workbench.failure.Outcome;
import dev.tidegate.workbench.tensor.Tensor;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** Asks models for predictions over the Open Inference Protocol. */
public interface InferenceGateway {
    /**
     * The model's answer to one request.
     *
     * @param version empty: as the route says
     * @param unit what the answer sticks to; empty: nothing
     */
    CompletableFuture<Outcome<Prediction>> infer(
            String model, String version, String unit, List<Tensor> inputs);
}
