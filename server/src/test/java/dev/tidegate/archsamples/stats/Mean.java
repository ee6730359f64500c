package dev.tidegate.archsamples.stats;

import dev.tidegate.archsamples.alpha.ClockImpl;
import java.nio.file.Path;

/** Reads a file, knows another feature, and differs between machines. */
record Mean(Path file, ClockImpl clock) {
    double logarithm(double value) {
        return Math.log(Math.max(value, 1));
    }
}
