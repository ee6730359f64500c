package dev.tidegate.server.stats;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The evidence of one rollout as a fold over its rows: the same rows in the same order give the
 * same bits.
 *
 * <p>Three questions are kept, all on one sample of units. <em>Harm</em> ({@link
 * RandomizationProcess} by guardrail, over the whole rollout): do units' first events fall on the
 * candidate oftener than the split explains? <em>Safety</em> ({@link RateDifference}, within the
 * present step): is the difference of rates below the tolerance? <em>Split</em>: do units' first
 * exposures fall on the arms as asked for?
 *
 * <p>A look at harm and split is taken after each call of {@link #fold}, never between the rows of
 * one call: rows list one arm after the other, so in between the order itself would favour an arm.
 *
 * <p>Not thread-safe.
 */
final class RolloutEvidence {
    private static final int SPLIT_LANE = 0;
    private static final int STEP_LANE = 1;
    private static final int FIRST_GUARDRAIL_LANE = 2;

    private final GatePlan plan;
    private final UnitTable units;
    private final UnitLedger ledger;
    private final RandomizationProcess[] harm;
    private final boolean[] harmful;
    private final RandomizationProcess split = new RandomizationProcess(OddsGrid.bothWays());
    private final List<Stratum> strata = new ArrayList<>();
    private final Map<Long, Integer> stratumOfEpoch = new HashMap<>();
    private double highestWeight;
    private boolean mismatch;

    RolloutEvidence(GatePlan plan, int capacity) {
        int guardrails = plan.guardrails().size();
        this.plan = plan;
        this.units = new UnitTable(FIRST_GUARDRAIL_LANE + guardrails, capacity);
        this.ledger = new UnitLedger(units);
        OddsGrid grid = OddsGrid.harm();
        this.harm = new RandomizationProcess[guardrails];
        Arrays.setAll(harm, guardrail -> new RandomizationProcess(grid));
        this.harmful = new boolean[guardrails];
    }

    /**
     * Puts a route epoch in force. One with the weight of the epoch before goes on with its step.
     *
     * @param weight the candidate's share, in [0, 1); 0 while only the champion is watched
     */
    void beginEpoch(long epoch, double weight) {
        if (!(weight >= 0 && weight < 1)) {
            throw new IllegalArgumentException("weight " + weight + ", expected one within [0, 1)");
        }
        if (stratumOfEpoch.containsKey(epoch)) {
            throw new IllegalArgumentException(
                    "epoch " + epoch + " has begun before, expected a new one");
        }
        if (strata.isEmpty() || strata.getLast().weight() != weight) {
            ledger.open(weight);
            strata.add(new Stratum(weight, harm.length));
            highestWeight = Math.max(highestWeight, weight);
        }
        stratumOfEpoch.put(epoch, strata.size());
    }

    /**
     * Folds rows in their order, then takes a look.
     *
     * @param rows all rows of one closed second, or of one late delivery, of epochs that have begun
     */
    void fold(Collection<ArmSecond> rows) {
        for (ArmSecond row : rows) {
            fold(row);
        }
        look();
    }

    private void fold(ArmSecond row) {
        Integer number = stratumOfEpoch.get(row.epoch());
        if (number == null) {
            throw new IllegalArgumentException(
                    "row of epoch " + row.epoch() + ", expected one of " + stratumOfEpoch.keySet());
        }
        if (row.events().length != harm.length) {
            throw new IllegalArgumentException(
                    "row with events of "
                            + row.events().length
                            + " guardrails, expected "
                            + harm.length);
        }
        strata.get(number - 1).of(row.arm()).addRequests(row.requests(), row.events());
        for (int i = 0; i < row.newUnits().length; i++) {
            expose(row.newUnits()[i], row.firstOutcomes()[i], number, row.arm());
        }
        for (int i = 0; i < row.eventUnits().length; i++) {
            count(row.eventUnits()[i], row.eventMasks()[i], number, row.arm());
        }
    }

    private void expose(long unit, byte outcomes, int number, Arm arm) {
        int place = units.place(unit);
        if (place < 0) {
            return;
        }
        Stratum stratum = strata.get(number - 1);
        double weight = ledger.conditionalWeight(place, SPLIT_LANE, number, stratum.weight());
        if (weight > 0) {
            split.add(arm == Arm.CANDIDATE, weight);
        }
        ledger.see(place, SPLIT_LANE, number, arm);
        if (units.state(place, STEP_LANE) < number) {
            units.set(place, STEP_LANE, number);
            stratum.of(arm).addUnit(outcomes);
            harm(place, outcomes, true, number, arm);
        }
    }

    private void count(long unit, byte mask, int number, Arm arm) {
        int place = units.place(unit);
        if (place >= 0) {
            harm(place, mask, false, number, arm);
        }
    }

    private void harm(int place, byte mask, boolean first, int number, Arm arm) {
        for (int guardrail = 0; guardrail < harm.length; guardrail++) {
            boolean counts = plan.guardrails().get(guardrail).kind().firstRequestOnly() == first;
            if (counts && (mask >>> guardrail & 1) == 1) {
                harm(place, guardrail, number, arm);
            }
        }
    }

    /**
     * Counts a unit's event at the highest weight so far: after a lowered weight that errs on the
     * candidate's side.
     */
    private void harm(int place, int guardrail, int number, Arm arm) {
        int lane = FIRST_GUARDRAIL_LANE + guardrail;
        double weight = ledger.conditionalWeight(place, lane, number, highestWeight);
        if (weight > 0) {
            harm[guardrail].add(arm == Arm.CANDIDATE, weight);
        }
        ledger.see(place, lane, number, arm);
    }

    private void look() {
        mismatch = mismatch || split.reaches(threshold(plan.sampleRatioAlpha()));
        for (int guardrail = 0; guardrail < harm.length && !mismatch; guardrail++) {
            boolean reached = harm[guardrail].reaches(threshold(plan.alphaOf(guardrail)));
            harmful[guardrail] = harmful[guardrail] || reached;
        }
    }

    private static double threshold(double alpha) {
        return -StrictMath.log(alpha);
    }

    int guardrails() {
        return harm.length;
    }

    boolean isHarmful(int guardrail) {
        return harmful[guardrail];
    }

    RandomizationProcess harm(int guardrail) {
        return harm[guardrail];
    }

    RandomizationProcess split() {
        return split;
    }

    /** Returns whether the split was ever shown to differ from the one asked for. */
    boolean isMismatched() {
        return mismatch;
    }

    /** Returns the strata, oldest first. */
    List<Stratum> strata() {
        return Collections.unmodifiableList(strata);
    }

    /** Returns the stratum of the weight in force. */
    Stratum present() {
        if (strata.isEmpty()) {
            throw new IllegalStateException("no epoch has begun");
        }
        return strata.getLast();
    }

    double sampleShare() {
        return units.share();
    }
}
