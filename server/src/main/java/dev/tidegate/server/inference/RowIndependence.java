package dev.tidegate.server.inference;

import dev.tidegate.server.inference.onnx.RowsMixedException;
import dev.tidegate.server.platform.error.TidegateException;
import dev.tidegate.server.registry.ModelSignature;
import dev.tidegate.server.registry.TensorSpec;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Whether a graph answers a row the same whichever rows run beside it, so that requests of
 * different clients may be one run.
 *
 * <p>A free first axis in every input and output is not enough: a graph may subtract its batch's
 * mean, and may do so only where values are negative or large. So rows are drawn as the signature
 * describes them and at several scales, run alone and together, and their answers are compared. A
 * draw on which the graph fails says nothing; neither does one whose rows all get the same answer.
 * Without any draw that says something the rows count as mixed.
 */
final class RowIndependence {
    /** Largest values drawn; 0 draws within the ranges that the signature tells. */
    private static final double[] SCALES = {0, 1, 3, 30, 1_000};

    private static final int ROWS = 8;
    private static final long SEED = 20_261_121;

    /** Runs of the graph that it takes. */
    static final int RUNS = SCALES.length * (ROWS + 1);

    /** Returns whether the version's rows are independent. */
    boolean areIndependent(LoadedVersion loaded) {
        ModelSignature signature = loaded.version().signature();
        return hasFreeRows(signature.inputs())
                && hasFreeRows(signature.outputs())
                && isProven(loaded, signature);
    }

    private static boolean hasFreeRows(List<TensorSpec> specs) {
        return !specs.isEmpty()
                && specs.stream()
                        .allMatch(spec -> !spec.shape().isEmpty() && spec.shape().getFirst() < 0);
    }

    private static boolean isProven(LoadedVersion loaded, ModelSignature signature) {
        SplittableRandom random = new SplittableRandom(SEED);
        boolean told = false;
        for (double scale : SCALES) {
            Tensor[][] rows = new Tensor[ROWS][];
            for (int i = 0; i < ROWS; i++) {
                rows[i] = SampleRows.drawn(signature, scale, random);
            }
            switch (compare(loaded, rows)) {
                case MIXED -> {
                    return false;
                }
                case INDEPENDENT -> told = true;
                case UNKNOWN -> {}
            }
        }
        return told;
    }

    private static Finding compare(LoadedVersion loaded, Tensor[][] rows) {
        int[] all = loaded.plan().wanted(List.of());
        Tensor[][] alone = new Tensor[ROWS][];
        try {
            for (int i = 0; i < ROWS; i++) {
                alone[i] = loaded.run(rows[i], all, null);
            }
        } catch (TidegateException e) {
            return Finding.UNKNOWN;
        }
        try {
            if (!AnswerCheck.areEqual(alone, loaded.runTogether(rows, all, null))) {
                return Finding.MIXED;
            }
        } catch (RowsMixedException | TidegateException e) {
            return Finding.MIXED;
        }
        return AnswerCheck.differ(alone) ? Finding.INDEPENDENT : Finding.UNKNOWN;
    }

    /** What one draw says. */
    private enum Finding {
        INDEPENDENT,
        MIXED,
        UNKNOWN
    }
}
