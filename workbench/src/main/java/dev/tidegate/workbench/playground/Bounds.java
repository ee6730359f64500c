package dev.tidegate.workbench.playground;

import dev.tidegate.workbench.control.Figures;

/** A range in words. */
final class Bounds {
    private Bounds() {}

    static String words(double low, double high) {
        return Figures.plain(low) + " to " + Figures.plain(high);
    }
}
