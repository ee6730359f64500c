package dev.tidegate.server.retraining;

import dev.tidegate.server.inference.NumericTensor;
import dev.tidegate.server.inference.onnx.OnnxRuntime;
import dev.tidegate.server.inference.onnx.OnnxSession;
import dev.tidegate.server.platform.error.ErrorCode;
import dev.tidegate.server.platform.error.TidegateException;
import dev.tidegate.server.registry.ModelSignature;
import dev.tidegate.server.registry.TensorSpec;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/**
 * Compares a graph, as the server runs it, with the trainer's own predictions, over every row of
 * the data set.
 */
final class ExportCheck {
    /** The largest difference of two probabilities that single precision explains. */
    static final double TOLERANCE = 1e-5;

    private final OnnxRuntime runtime;
    private final TrainingData data;
    private final UnknownCategory unknown;

    ExportCheck(OnnxRuntime runtime, TrainingData data, UnknownCategory unknown) {
        this.runtime = runtime;
        this.data = data;
        this.unknown = unknown;
    }

    /**
     * Returns what was compared.
     *
     * @throws TidegateException PRECONDITION when a row differs by more than {@link #TOLERANCE}, or
     *     the graph answers a row that it should fail on
     */
    CheckedExport check(byte[] onnx, ModelSignature signature, FittedModel model) {
        try {
            Path file = Files.createTempFile("tidegate-", ".onnx");
            try {
                Files.write(file, onnx);
                return check(file, signature, model);
            } finally {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new TidegateException(
                    ErrorCode.PRECONDITION, "the graph cannot be laid down to be checked: " + e, e);
        }
    }

    private CheckedExport check(Path file, ModelSignature signature, FittedModel model) {
        int[] answered = rows(model, true);
        int[] refused = rows(model, false);
        RowTensors tensors = new RowTensors(data.accepted());
        int probability = place(signature.outputs(), ModelGraph.PROBABILITY);
        try (OnnxSession graph = runtime.open("the trained graph", file, signature)) {
            for (int row : refused) {
                requireFailure(graph, tensors, probability, row);
            }
            NumericTensor answers =
                    (NumericTensor)
                            graph.run(tensors.of(answered), new int[] {probability}, null)[0];
            double difference =
                    difference(answers.bytes(), model.predict(data.dataset(), answered));
            return new CheckedExport(difference, answered.length, refused.length);
        }
    }

    private int[] rows(FittedModel model, boolean answered) {
        return Arrays.stream(data.allRows())
                .filter(row -> answered == isAnswered(model, row))
                .toArray();
    }

    private boolean isAnswered(FittedModel model, int row) {
        return switch (unknown) {
            case IGNORE -> true;
            case FAIL -> model.preprocessing().knows(data.dataset(), row);
        };
    }

    private static int place(List<TensorSpec> outputs, String name) {
        return outputs.stream().map(TensorSpec::name).toList().indexOf(name);
    }

    private static double difference(ByteBuffer ofGraph, double[] ofTrainer) {
        double largest = 0;
        for (int row = 0; row < ofTrainer.length; row++) {
            float probability = ofGraph.getFloat(row * Float.BYTES);
            double difference = Math.abs(probability - ofTrainer[row]);
            if (!(difference <= TOLERANCE)) {
                throw TidegateException.precondition(
                        "the graph gives %s where the trainer gives %s; they may differ by %s"
                                .formatted(probability, ofTrainer[row], TOLERANCE));
            }
            largest = Math.max(largest, difference);
        }
        return largest;
    }

    private static void requireFailure(
            OnnxSession graph, RowTensors tensors, int probability, int row) {
        if (isAnsweredBy(graph, tensors, probability, row)) {
            throw TidegateException.precondition(
                    "the graph answers row %d, though it has a category that training has not seen"
                            .formatted(row + 1));
        }
    }

    private static boolean isAnsweredBy(
            OnnxSession graph, RowTensors tensors, int probability, int row) {
        try {
            graph.run(tensors.of(row), new int[] {probability}, null);
            return true;
        } catch (TidegateException expected) {
            return false;
        }
    }
}
