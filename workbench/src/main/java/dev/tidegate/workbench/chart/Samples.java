package dev.tidegate.workbench.chart;

import java.util.Arrays;

/**
 * Points in order of x, seconds or any other unit; NaN as y is a gap. The arrays are shared, not
 * copied, so their first {@code size} entries must not change any more.
 */
public final class Samples {
    private final double[] xs;
    private final double[] ys;
    private final int size;

    Samples(double[] xs, double[] ys, int size) {
        this.xs = xs;
        this.ys = ys;
        this.size = size;
    }

    /** Points over arrays of the same length. */
    public static Samples of(double[] xs, double[] ys) {
        if (xs.length != ys.length) {
            throw new IllegalArgumentException(
                    "Expected as many y as x, got " + ys.length + " for " + xs.length);
        }
        return new Samples(xs, ys, xs.length);
    }

    public int size() {
        return size;
    }

    public boolean isEmpty() {
        return size == 0;
    }

    public double x(int index) {
        return xs[index];
    }

    public double y(int index) {
        return ys[index];
    }

    /** Whether the point is there and its neighbours are not. */
    boolean isLone(int index) {
        return Double.isFinite(ys[index])
                && (index == 0 || !Double.isFinite(ys[index - 1]))
                && (index == size - 1 || !Double.isFinite(ys[index + 1]));
    }

    /** The newest points, at most this many. */
    public Samples newest(int count) {
        int from = Math.max(0, size - count);
        return Samples.of(Arrays.copyOfRange(xs, from, size), Arrays.copyOfRange(ys, from, size));
    }

    /** Index of the first point with an x of at least this, or {@link #size}. */
    public int firstFrom(double x) {
        int low = 0;
        int high = size;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (xs[middle] < x) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    /** Index of the point whose x is nearest, or -1 without points. */
    public int nearest(double x) {
        int after = firstFrom(x);
        if (after == size) {
            return size - 1;
        }
        if (after == 0) {
            return 0;
        }
        return x - xs[after - 1] <= xs[after] - x ? after - 1 : after;
    }

    /**
     * Index of the point nearest to x among those with a finite y that are at most {@code reach}
     * away, or -1 without one. Without a limit only the nearest point of all counts.
     */
    int nearest(double x, double reach) {
        if (Double.isInfinite(reach)) {
            int index = nearest(x);
            return index >= 0 && Double.isFinite(ys[index]) ? index : -1;
        }
        int best = -1;
        for (int i = firstFrom(x - reach); i < size && xs[i] <= x + reach; i++) {
            boolean nearer = best < 0 || Math.abs(xs[i] - x) < Math.abs(xs[best] - x);
            best = Double.isFinite(ys[i]) && nearer ? i : best;
        }
        return best;
    }

    /** Whether a point within the range has a value above zero. */
    public boolean isPositiveWithin(Range range) {
        for (int i = firstFrom(range.low()); i < size && xs[i] <= range.high(); i++) {
            if (ys[i] > 0) {
                return true;
            }
        }
        return false;
    }
}
