package dev.tidegate.server.stats;

/** Value and slope of a convex function at one place. */
record Tangent(double at, double value, double slope) {

    /** Returns where two tangents, the left one falling and the right one rising, cross. */
    static double crossing(Tangent left, Tangent right) {
        return (right.value - left.value + left.slope * left.at - right.slope * right.at)
                / (left.slope - right.slope);
    }

    double valueAt(double place) {
        return value + slope * (place - at);
    }
}
