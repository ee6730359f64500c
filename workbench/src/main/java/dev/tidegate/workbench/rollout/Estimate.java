package dev.tidegate.workbench.rollout;

import dev.tidegate.workbench.control.Figures;
import java.time.Duration;
import java.util.function.DoubleFunction;

/**
 * An estimated quantity with what it rests on.
 *
 * @param confidence of the interval from low to high
 * @param n observations
 */
public record Estimate(
        double value,
        double low,
        double high,
        double confidence,
        long n,
        Duration window,
        String method) {

    boolean isEmpty() {
        return n == 0;
    }

    /** The interval as {@code [low, high]}. */
    String interval(DoubleFunction<String> print) {
        return "[" + print.apply(low) + ", " + print.apply(high) + "]";
    }

    /** Everything that a tooltip has to say about the number. */
    String origin(DoubleFunction<String> print) {
        return basis(
                print.apply(value) + " " + interval(print) + " at " + Figures.percent(confidence));
    }

    /** The words, and what they rest on: how many, how long and by which method. */
    String basis(String words) {
        return words
                + "\nn = "
                + Figures.count(n)
                + " over "
                + Figures.about(window)
                + "\n"
                + method;
    }
}
