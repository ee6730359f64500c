package dev.tidegate.server.stats;

import java.util.Optional;

/**
 * Looks along the edge of a null for a pair of rates that the data do not exclude, by cutting
 * planes on a convex function: see {@link RateDifference}.
 *
 * @param above bets against the champion's rate
 * @param below bets against the candidate's rate
 * @param threshold log E from which on a pair is excluded
 */
record EdgeSearch(
        RateBets above,
        RateBets below,
        double threshold,
        Margin margin,
        Trials champion,
        Trials candidate) {
    private static final int STEPS = 100; // it closes in about ten

    /** Returns such a pair, empty when there is none; without trials of an arm there always is. */
    Optional<Objection> objection() {
        if (champion.count() == 0 || candidate.count() == 0) {
            return Optional.of(objection(margin.lowest(), threshold));
        }
        double likely = Math.min(Math.max(champion.rate(), margin.lowest()), margin.highest());
        if (candidate.rate() >= margin.at(champion.rate())) {
            return Optional.of(objection(likely, 0)); // no bet has won at the observed rates
        }
        Tangent observed = at(likely);
        if (denies(observed)) {
            return Optional.of(objection(observed));
        }
        return between(at(margin.lowest()), at(margin.highest()), likely);
    }

    private Optional<Objection> between(Tangent left, Tangent right, double likely) {
        if (denies(left)) {
            return Optional.of(objection(left));
        }
        if (denies(right)) {
            return Optional.of(objection(right));
        }
        boolean leastAtAnEnd = left.slope() >= 0 || right.slope() <= 0;
        return leastAtAnEnd ? Optional.empty() : search(left, right, likely);
    }

    private Optional<Objection> search(Tangent lowest, Tangent highest, double likely) {
        Tangent left = lowest;
        Tangent right = highest;
        double place = likely;
        for (int step = 1; step <= STEPS; step++) {
            Tangent here = at(inside(place, left, right));
            if (denies(here)) {
                return Optional.of(objection(here));
            }
            if (here.slope() > 0) {
                right = here;
            } else {
                left = here;
            }
            double crossing = Tangent.crossing(left, right);
            if (left.valueAt(crossing) >= threshold) {
                return Optional.empty();
            }
            // now and then the middle, so that the bracket always closes
            place = step % 4 == 0 ? Double.NaN : crossing;
        }
        return Optional.of(objection(left.at(), threshold));
    }

    /** Returns the place when it lies within the bracket, else the bracket's middle. */
    private static double inside(double place, Tangent left, Tangent right) {
        return place > left.at() && place < right.at() ? place : (left.at() + right.at()) / 2;
    }

    /** Returns whether a value proves the least below the threshold, or is no number at all. */
    private boolean denies(Tangent tangent) {
        return !(tangent.value() >= threshold);
    }

    private Tangent at(double rate) {
        Tangent upper = below.against(Math.min(1, margin.at(rate)), candidate);
        Tangent lower = above.against(rate, champion);
        double slope = upper.slope() * margin.slopeAt(rate) + lower.slope();
        return new Tangent(rate, upper.value() + lower.value(), slope);
    }

    private Objection objection(Tangent tangent) {
        return objection(tangent.at(), tangent.value());
    }

    private Objection objection(double rate, double value) {
        return new Objection(rate, margin, value, threshold, champion, candidate);
    }
}
