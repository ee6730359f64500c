package dev.tidegate.server.inference;

import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * Compares answers to the same rows.
 *
 * <p>Floating-point answers may differ by what another order of additions gives: 1e-4 of the value,
 * or 1e-5 of the greatest value of the tensor where that is above 1.
 */
final class AnswerCheck {
    private static final double ABSOLUTE = 1e-5;
    private static final double RELATIVE = 1e-4;

    private AnswerCheck() {}

    /** Returns whether each row has equal outputs in both. */
    static boolean areEqual(Tensor[][] ones, Tensor[][] others) {
        for (int row = 0; row < ones.length; row++) {
            for (int output = 0; output < ones[row].length; output++) {
                if (!areEqual(ones[row][output], others[row][output])) {
                    return false;
                }
            }
        }
        return true;
    }

    /** Returns whether some row has another answer than the first. */
    static boolean differ(Tensor[][] rows) {
        for (Tensor[] row : rows) {
            for (int output = 0; output < row.length; output++) {
                if (!areEqual(rows[0][output], row[output])) {
                    return true;
                }
            }
        }
        return false;
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
        return switch (one.datatype()) {
            case FP32, FP64 -> areClose(values(one), values(other));
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
                    one.bytes().equals(other.bytes());
        };
    }

    private static double[] values(NumericTensor tensor) {
        NumberReader reader = NumberReader.of(tensor);
        return IntStream.range(0, reader.length()).mapToDouble(reader::at).toArray();
    }

    private static boolean areClose(double[] ones, double[] others) {
        double greatest =
                Arrays.stream(ones).map(Math::abs).filter(Double::isFinite).max().orElse(0);
        double absolute = ABSOLUTE * Math.max(1, greatest);
        for (int i = 0; i < ones.length; i++) {
            boolean same = Double.compare(ones[i], others[i]) == 0;
            if (!same
                    && !(Math.abs(ones[i] - others[i])
                            <= absolute + RELATIVE * Math.abs(ones[i]))) {
                return false;
            }
        }
        return true;
    }
}
