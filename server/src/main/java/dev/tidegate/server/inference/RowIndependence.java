package dev.tidegate.server.inference;

import dev.tidegate.server.inference.onnx.RowsMixedException;
import dev.tidegate.server.registry.ModelSignature;
import dev.tidegate.server.registry.TensorSpec;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Whether a graph answers a row the same whichever rows run beside it, so that requests of
 * different clients may be one run.
 *
 * <p>A free first axis in every input and output is not enough: a graph may subtract its batch's
 * mean. So drawn rows run alone and together, and their answers are compared.
 */
final class RowIndependence {
    private static final int ROWS = 3;
    private static final long SEED = 20_261_121;

    /** Differences that come of another order of additions. */
    private static final double ABSOLUTE = 1e-5;

    private static final double RELATIVE = 1e-4;

    /**
     * Returns whether the version's rows are independent.
     *
     * @throws dev.tidegate.server.platform.error.TidegateException when the graph fails on drawn
     *     rows
     */
    boolean areIndependent(LoadedVersion loaded) {
        ModelSignature signature = loaded.version().signature();
        return hasFreeRows(signature.inputs())
                && hasFreeRows(signature.outputs())
                && areIndependent(loaded, signature);
    }

    private static boolean hasFreeRows(List<TensorSpec> specs) {
        return !specs.isEmpty()
                && specs.stream()
                        .allMatch(spec -> !spec.shape().isEmpty() && spec.shape().getFirst() < 0);
    }

    private static boolean areIndependent(LoadedVersion loaded, ModelSignature signature) {
        SplittableRandom random = new SplittableRandom(SEED);
        int[] all = loaded.plan().wanted(List.of());
        Tensor[][] rows = new Tensor[ROWS][];
        Tensor[][] alone = new Tensor[ROWS][];
        for (int i = 0; i < ROWS; i++) {
            rows[i] = SampleRows.drawn(signature, random);
            alone[i] = loaded.run(rows[i], all, null);
        }
        try {
            return areEqual(alone, loaded.runTogether(rows, all, null));
        } catch (RowsMixedException e) {
            return false;
        }
    }

    private static boolean areEqual(Tensor[][] alone, Tensor[][] together) {
        for (int row = 0; row < alone.length; row++) {
            for (int output = 0; output < alone[row].length; output++) {
                if (!areEqual(alone[row][output], together[row][output])) {
                    return false;
                }
            }
        }
        return true;
    }

    private static boolean areEqual(Tensor one, Tensor other) {
        if (!Arrays.equals(one.shape(), other.shape())) {
            return false;
        }
        return switch (one) {
            case StringTensor text ->
                    other instanceof StringTensor otherText
                            && Arrays.equals(text.values(), otherText.values());
            case NumericTensor numeric ->
                    other instanceof NumericTensor otherNumeric && areEqual(numeric, otherNumeric);
        };
    }

    private static boolean areEqual(NumericTensor one, NumericTensor other) {
        ByteBuffer values = one.bytes();
        ByteBuffer others = other.bytes();
        return switch (one.datatype()) {
            case FP32 -> {
                for (int at = 0; at < values.limit(); at += Float.BYTES) {
                    if (!isClose(values.getFloat(at), others.getFloat(at))) {
                        yield false;
                    }
                }
                yield true;
            }
            case FP64 -> {
                for (int at = 0; at < values.limit(); at += Double.BYTES) {
                    if (!isClose(values.getDouble(at), others.getDouble(at))) {
                        yield false;
                    }
                }
                yield true;
            }
            case BOOL,
                    UINT8,
                    UINT16,
                    UINT32,
                    UINT64,
                    INT8,
                    INT16,
                    INT32,
                    INT64,
                    FP16,
                    BF16,
                    BYTES ->
                    values.equals(others);
        };
    }

    private static boolean isClose(double one, double other) {
        return Double.compare(one, other) == 0
                || Math.abs(one - other) <= ABSOLUTE + RELATIVE * Math.abs(one);
    }
}
