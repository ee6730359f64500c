package dev.tidegate.server.stats;

import java.util.OptionalLong;

/**
 * A forecast: the candidate's units until SAFE if both arms go on at their present rates and at the
 * step's split. About half of the rollouts need more.
 */
public final class UnitsToSafe {
    private static final long MOST = 1L << 40;

    private final RateDifference difference;
    private final Tolerance tolerance;

    /**
     * @param beta error of SAFE, in (0, 1)
     */
    public UnitsToSafe(Tolerance tolerance, double beta) {
        this.difference = new RateDifference(beta);
        this.tolerance = tolerance;
    }

    /**
     * Returns the candidate's units that a step needs from nothing, for the check of a plan before
     * it starts.
     *
     * @param champion rate of events of the champion, 0 to 1
     * @param candidate rate of events of the candidate, 0 to 1
     * @param weight the candidate's share of the traffic, in (0, 1)
     * @return empty when the rates differ by the tolerance or more
     */
    public OptionalLong fromNothing(double champion, double candidate, double weight) {
        return search(1, (1 - weight) / weight, champion, candidate, Trials.NONE, Trials.NONE);
    }

    /** Returns the further units of the candidate, empty when none can be named. */
    OptionalLong further(Trials champion, Trials candidate, double weight) {
        if (champion.count() == 0 || candidate.count() == 0) {
            return OptionalLong.empty();
        }
        if (safe(champion, candidate)) {
            return OptionalLong.of(0);
        }
        return search(
                1, (1 - weight) / weight, champion.rate(), candidate.rate(), champion, candidate);
    }

    private OptionalLong search(
            long from,
            double championPerUnit,
            double p,
            double q,
            Trials champion,
            Trials candidate) {
        if (!(q - p < tolerance.at(p))
                || !(championPerUnit > 0)
                || Double.isInfinite(championPerUnit)) {
            return OptionalLong.empty();
        }
        long enough = from;
        while (!safe(
                grown(champion, enough * championPerUnit, p),
                grown(candidate, (double) enough, q))) {
            enough *= 2;
            if (enough > MOST) {
                return OptionalLong.empty();
            }
        }
        long less = enough / 2;
        while (enough - less > Math.max(1, enough / 256)) { // to half a per cent
            long middle = (less + enough) / 2;
            if (safe(
                    grown(champion, middle * championPerUnit, p),
                    grown(candidate, (double) middle, q))) {
                enough = middle;
            } else {
                less = middle;
            }
        }
        return OptionalLong.of(enough);
    }

    private static Trials grown(Trials trials, double further, double rate) {
        double count = trials.count() + further;
        return new Trials(count, Math.min(count, trials.events() + further * rate));
    }

    private boolean safe(Trials champion, Trials candidate) {
        return difference.excludes(Margin.of(tolerance), champion, candidate);
    }
}
