package dev.tidegate.server.stats;

import java.util.ArrayList;
import java.util.List;

/**
 * Which arm each unit may still fall on, given what is known of it.
 *
 * <p>A unit's place u in [0, 1) is uniform and fixed for the rollout; it is on the candidate while
 * u < w. So an unknown unit is on the candidate with probability w; one known to have been on the
 * champion at weight v has u ≥ v, hence (w − v)/(1 − v); one known to have been on the candidate
 * tells nothing any more. What is known is kept by question (a lane): the split, and each
 * guardrail's events. At an unchanged weight a unit seen on the champion has probability 0: so each
 * unit has one event a step, on its own.
 */
final class UnitLedger {
    private static final int UNKNOWN = 0;
    private static final int ON_CANDIDATE = 255;

    /** Strata that a byte can tell apart. */
    static final int MOST_STRATA = 254;

    private final UnitTable table;
    private final List<Double> weights = new ArrayList<>();

    UnitLedger(UnitTable table) {
        this.table = table;
    }

    /** Opens the next stratum, numbered from 1. */
    void open(double weight) {
        if (weights.size() == MOST_STRATA) {
            throw new IllegalStateException(
                    "more than " + MOST_STRATA + " changes of the weight in one rollout");
        }
        weights.add(weight);
    }

    /**
     * Returns the probability that the unit is on the candidate at a weight, 0 when that tells
     * nothing.
     *
     * @param weight the weight that the probability is taken at
     * @param stratum the stratum of the observation; one that cannot show the candidate any more
     *     gives 0
     */
    double conditionalWeight(int place, int lane, int stratum, double weight) {
        int known = table.state(place, lane);
        if (known == ON_CANDIDATE) {
            return 0;
        }
        double before = known == UNKNOWN ? 0 : weights.get(known - 1);
        return weights.get(stratum - 1) > before ? (weight - before) / (1 - before) : 0;
    }

    /** Records that the unit was seen on an arm in a stratum. */
    void see(int place, int lane, int stratum, Arm arm) {
        switch (arm) {
            case CANDIDATE -> table.set(place, lane, ON_CANDIDATE);
            case CHAMPION -> {
                if (tellsMore(table.state(place, lane), stratum)) {
                    table.set(place, lane, stratum);
                }
            }
        }
    }

    private boolean tellsMore(int known, int stratum) {
        return switch (known) {
            case UNKNOWN -> true;
            case ON_CANDIDATE -> false;
            default -> weights.get(stratum - 1) > weights.get(known - 1);
        };
    }
}
