package dev.tidegate.server.predictionlog;

import java.util.BitSet;

/**
 * Which elements of a tensor are redacted.
 *
 * @param whole whether all of them are
 * @param columns otherwise the places along the last axis
 */
record RedactedTensor(boolean whole, BitSet columns) {
    static final RedactedTensor WHOLE = new RedactedTensor(true, new BitSet());

    static RedactedTensor column(int index) {
        BitSet columns = new BitSet();
        columns.set(index);
        return new RedactedTensor(false, columns);
    }

    RedactedTensor and(RedactedTensor other) {
        BitSet both = new BitSet();
        both.or(columns);
        both.or(other.columns);
        return new RedactedTensor(whole || other.whole, both);
    }

    /**
     * Returns whether an element is redacted.
     *
     * @param place in row-major order, from 0
     * @param width of the last axis; 1 of a tensor with fewer than two
     */
    boolean has(long place, long width) {
        return whole || columns.get((int) (place % width));
    }
}
