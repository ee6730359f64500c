package dev.tidegate.workbench.chart;

import java.util.Arrays;

/**
 * Collects points of a live series and keeps the newest; what {@link #samples} returned stays as it
 * was.
 */
public final class SampleBuffer {
    private final int capacity;
    private double[] xs = new double[256];
    private double[] ys = new double[256];
    private int size;

    /** A buffer that keeps at least the newest {@code capacity} points. */
    public SampleBuffer(int capacity) {
        this.capacity = capacity;
    }

    /**
     * Adds a point; one that is not after the newest is ignored, as streams repeat history when
     * they reconnect.
     */
    public void add(double x, double y) {
        if (size > 0 && x <= xs[size - 1]) {
            return;
        }
        if (size >= 2 * capacity) {
            forgetOldest();
        } else if (size == xs.length) {
            xs = Arrays.copyOf(xs, 2 * size);
            ys = Arrays.copyOf(ys, 2 * size);
        }
        xs[size] = x;
        ys[size] = y;
        size++;
    }

    private void forgetOldest() {
        double[] keptXs = new double[2 * capacity];
        double[] keptYs = new double[2 * capacity];
        System.arraycopy(xs, size - capacity, keptXs, 0, capacity);
        System.arraycopy(ys, size - capacity, keptYs, 0, capacity);
        xs = keptXs;
        ys = keptYs;
        size = capacity;
    }

    public void clear() {
        xs = new double[256];
        ys = new double[256];
        size = 0;
    }

    public Samples samples() {
        return new Samples(xs, ys, size);
    }
}
