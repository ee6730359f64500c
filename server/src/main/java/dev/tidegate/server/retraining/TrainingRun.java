package dev.tidegate.server.retraining;

import dev.tidegate.server.dataset.CsvDatasetReader;
import dev.tidegate.server.inference.onnx.OnnxRuntime;
import dev.tidegate.server.registry.ModelSignature;
import java.util.Locale;
import java.util.function.Consumer;

/** One retraining, step by step. */
final class TrainingRun {

    private static final int FOLDS = 5;

    /** One of five: a fifth of the rows. */
    private static final int HOLD_OUT_FOLD = 0;

    private static final int TRIALS = 1;

    private final TrainingRequest request;
    private final OnnxRuntime runtime;
    private final Deadline deadline;
    private final Consumer<TrainingProgress> listener;

    TrainingRun(
            TrainingRequest request,
            OnnxRuntime runtime,
            Deadline deadline,
            Consumer<TrainingProgress> listener) {
        this.request = request;
        this.runtime = runtime;
        this.deadline = deadline;
        this.listener = listener;
    }

    TrainingReport run(CsvDatasetReader reader) {
        report(TrainingState.VALIDATING, "reading " + request.data());
        TrainingData data = TrainingData.of(reader.read(request.data()), request);
        report(
                TrainingState.PREPARING,
                "%d rows, %d columns, %s"
                        .formatted(
                                data.dataset().rows(),
                                data.learned().size(),
                                data.dataset().digest()));
        // The split sees no exclusion, so that versions trained with and without one hold out the
        // same rows.
        StratifiedFolds split =
                StratifiedFolds.deal(data.target().labels(data.allRows()), FOLDS, request.seed());
        int[] training = data.withoutExcluded(split.outside(HOLD_OUT_FOLD));
        Learner learner = new Learner(data, request.algorithm(), request.seed());
        CrossValidatedAuc validated = validate(data, learner, training);
        FittedModel model = fit(learner, training);
        return evaluate(data, model, validated, training, split.in(HOLD_OUT_FOLD));
    }

    private CrossValidatedAuc validate(TrainingData data, Learner learner, int[] training) {
        report(
                TrainingState.SEARCHING,
                "%s, cross-validation in %d folds of %d rows"
                        .formatted(Words.of(request.algorithm()), FOLDS, training.length));
        CrossValidatedAuc validated =
                new CrossValidation(data, learner, deadline)
                        .measure(training, FOLDS, request.seed() + 1);
        report(
                TrainingState.SEARCHING,
                String.format(
                        Locale.ROOT,
                        "cross-validated AUC %.4f ± %.4f",
                        validated.mean(),
                        validated.deviation()));
        return validated;
    }

    private FittedModel fit(Learner learner, int[] training) {
        deadline.check("the last training");
        report(TrainingState.TRAINING, "learning from %d rows".formatted(training.length));
        return learner.fit(training);
    }

    private TrainingReport evaluate(
            TrainingData data,
            FittedModel model,
            CrossValidatedAuc validated,
            int[] training,
            int[] holdOut) {
        deadline.check("the evaluation");
        report(
                TrainingState.EVALUATING,
                "measuring on %d rows held out, checking the graph".formatted(holdOut.length));
        byte[] onnx =
                ModelGraph.export(
                        request.model(),
                        data.accepted(),
                        model.preprocessing(),
                        request.unknownCategory(),
                        model.model(),
                        data.target());
        ModelSignature signature = TrainedSignature.of(data);
        CheckedExport checked =
                new ExportCheck(runtime, data, request.unknownCategory())
                        .check(onnx, signature, model);
        int[] measured = data.withoutExcluded(holdOut);
        TrainingMetrics metrics = metrics(data, model, validated, checked, measured);
        TrainingFolder folder = new TrainingFolder(request.out());
        TrainingReport report =
                new TrainingReport(
                        request.run(),
                        request.model(),
                        request.version().orElse(null),
                        Words.of(request.algorithm()),
                        metrics,
                        null,
                        "trained",
                        TRIALS,
                        deadline.elapsedSeconds(),
                        folder.model().toString(),
                        TrainingLineage.of(data, request, training.length));
        folder.write(onnx, signature, report, data.dataset(), holdOut);
        return report;
    }

    private static TrainingMetrics metrics(
            TrainingData data,
            FittedModel model,
            CrossValidatedAuc validated,
            CheckedExport checked,
            int[] measured) {
        double[] probabilities = model.predict(data.dataset(), measured);
        boolean[] labels = data.target().labels(measured);
        return new TrainingMetrics(
                AreaUnderCurve.of(probabilities, labels),
                validated.mean(),
                validated.deviation(),
                LogLoss.of(probabilities, labels),
                measured.length,
                checked.maxDifference(),
                checked.answeredRows(),
                checked.refusedRows());
    }

    private void report(TrainingState state, String message) {
        listener.accept(new TrainingProgress(request.run(), state, message));
    }
}
