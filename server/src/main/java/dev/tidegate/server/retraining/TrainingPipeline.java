package dev.tidegate.server.retraining;

import dev.tidegate.server.dataset.CsvDatasetReader;
import dev.tidegate.server.inference.onnx.OnnxRuntime;
import dev.tidegate.server.platform.error.TidegateException;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.function.Consumer;

/** Runs retrainings: from a file of rows to a checked graph with its measurements. */
@Singleton
public final class TrainingPipeline {

    private final CsvDatasetReader reader;
    private final OnnxRuntime runtime;
    private final Clock clock;

    public TrainingPipeline(CsvDatasetReader reader, OnnxRuntime runtime, Clock clock) {
        this.reader = reader;
        this.runtime = runtime;
        this.clock = clock;
    }

    /**
     * Runs one retraining and leaves its results in the request's folder.
     *
     * @throws TidegateException INVALID_ARGUMENT when the data are not as the request says,
     *     PRECONDITION when the budget is spent or the graph differs from the model
     */
    public TrainingReport run(TrainingRequest request, Consumer<TrainingProgress> listener) {
        Deadline deadline = new Deadline(clock, request.budget());
        return new TrainingRun(request, runtime, deadline, listener).run(reader);
    }
}
