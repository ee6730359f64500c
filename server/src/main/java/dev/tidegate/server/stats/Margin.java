package dev.tidegate.server.stats;

/**
 * The edge of a null hypothesis "the candidate's rate is at least h(p)", h(p) = max(p + offset, p(1
 * + relative)): convex and increasing in the champion's rate p.
 */
record Margin(double offset, double relative) {
    /** Returns the edge at one difference of rates, which may be negative. */
    static Margin absolute(double difference) {
        return new Margin(difference, -1);
    }

    static Margin of(Tolerance tolerance) {
        return new Margin(tolerance.absolute(), tolerance.relative());
    }

    double at(double champion) {
        return Math.max(champion + offset, champion * (1 + relative));
    }

    double slopeAt(double champion) {
        return champion + offset > champion * (1 + relative) ? 1 : 1 + relative;
    }

    /**
     * Returns the smallest rate of the champion that matters: below it the candidate's would be
     * negative.
     */
    double lowest() {
        return Math.max(0, -offset);
    }

    /** Returns the greatest rate of the champion at which the candidate's is one at most. */
    double highest() {
        return Math.min(1, Math.min(1 - offset, 1 / (1 + relative)));
    }
}
