package dev.tidegate.workbench.chart;

/** An interval of an axis, from low to high, never empty. */
public record Range(double low, double high) {
    public Range {
        if (!(low < high)) {
            throw new IllegalArgumentException("Expected low < high, got " + low + " and " + high);
        }
    }

    public double span() {
        return high - low;
    }

    public boolean contains(double value) {
        return value >= low && value <= high;
    }
}
