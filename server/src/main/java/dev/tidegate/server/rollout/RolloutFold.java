package dev.tidegate.server.rollout;

import dev.tidegate.server.evidence.FoldRow;
import dev.tidegate.server.stats.ArmSecond;
import dev.tidegate.server.stats.Gate;
import dev.tidegate.server.stats.GateReading;
import dev.tidegate.server.stats.GateStanding;
import dev.tidegate.server.stats.Insufficiency;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * The evidence of one rollout in memory: rows folded in the order of their positions, epochs begun
 * at the positions where they began at first. Folding the same rows again gives the same bits.
 */
final class RolloutFold {
    private final Gate gate;
    private long position;
    private Instant newest = Instant.EPOCH;
    private boolean ahead;

    RolloutFold(RolloutPlan plan) {
        this.gate = new Gate(plan.gatePlan());
    }

    void begin(EpochStart epoch) {
        gate.beginEpoch(epoch.epoch(), epoch.weight());
        ahead = true;
    }

    /** Folds rows, with a look after each second. */
    void fold(List<FoldRow> rows) {
        List<ArmSecond> second = new ArrayList<>();
        for (int i = 0; i < rows.size(); i++) {
            FoldRow row = rows.get(i);
            second.add(row.evidence());
            position = row.position();
            newest = row.second().isAfter(newest) ? row.second() : newest;
            ahead = true;
            if (i + 1 == rows.size() || !row.isOfSameLook(rows.get(i + 1))) {
                gate.fold(second);
                second.clear();
            }
        }
    }

    long position() {
        return position;
    }

    /** Returns the newest second of which a row was folded. */
    Instant newest() {
        return newest;
    }

    /** Takes note that all that was folded is in the database. */
    void stored() {
        ahead = false;
    }

    /** Returns whether something was folded of which nobody knows whether it is in the database. */
    boolean isAhead() {
        return ahead;
    }

    GateStanding standing(List<Insufficiency> outside) {
        return gate.standing(outside);
    }

    GateReading read(List<Insufficiency> outside) {
        return gate.read(outside);
    }

    /**
     * A route epoch in the fold.
     *
     * @param beginsAfter the last position that was folded before it
     */
    record EpochStart(long epoch, double weight, long beginsAfter) {}
}
