package dev.tidegate.workbench.chart;

import java.util.Arrays;
import java.util.stream.DoubleStream;

/** Places of ticks on an axis: round numbers, or round times. */
final class Ticks {
    private static final double[] TIME_STEPS = {
        1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 14400, 21600, 43200, 86400
    };

    private Ticks() {}

    /**
     * Multiples of 1, 2 or 5 times a power of ten, about {@code count} of them, none closer than
     * the step.
     */
    static double[] values(Range range, int count, double minimumStep) {
        double raw = range.span() / Math.max(1, count);
        double power = Math.pow(10, Math.floor(Math.log10(raw)));
        double step =
                DoubleStream.of(1, 2, 5, 10)
                        .map(factor -> factor * power)
                        .filter(candidate -> candidate >= raw)
                        .findFirst()
                        .orElse(10 * power);
        return multiples(range, 0, Math.max(step, minimumStep));
    }

    /** Round seconds, minutes or hours counted from the origin, at most {@code count} of them. */
    static double[] times(Range range, double origin, int count) {
        double raw = range.span() / Math.max(1, count);
        double step =
                Arrays.stream(TIME_STEPS)
                        .filter(candidate -> candidate >= raw)
                        .findFirst()
                        .orElse(86400 * Math.ceil(raw / 86400));
        return multiples(range, origin, step);
    }

    private static double[] multiples(Range range, double origin, double step) {
        long first = (long) Math.ceil((range.low() - origin) / step - 1e-9);
        long last = (long) Math.floor((range.high() - origin) / step + 1e-9);
        int count = (int) Math.max(0, last - first + 1);
        double[] ticks = new double[count];
        for (int i = 0; i < count; i++) {
            ticks[i] = origin + (first + i) * step;
        }
        return ticks;
    }
}
