package dev.tidegate.server.benchmark.gate;

import dev.tidegate.server.stats.Arm;
import dev.tidegate.server.stats.ArmSecond;
import java.util.List;

/**
 * One serving process: a route of its own, the units that it has seen, and the rows of the running
 * second.
 */
final class Replica {
    private final byte[] seenIn; // by unit: the last epoch it was seen in
    private final RowBuilder champion;
    private final RowBuilder candidate;
    private byte epoch;
    private double weight;

    Replica(int units, int guardrails) {
        this.seenIn = new byte[units];
        this.champion = new RowBuilder(Arm.CHAMPION, guardrails);
        this.candidate = new RowBuilder(Arm.CANDIDATE, guardrails);
    }

    void route(int newEpoch, double newWeight) {
        epoch = (byte) newEpoch;
        weight = newWeight;
    }

    Arm arm(double place) {
        return place < weight ? Arm.CANDIDATE : Arm.CHAMPION;
    }

    void answer(int unit, long hash, Arm arm, int mask) {
        boolean isNew = seenIn[unit] != epoch;
        seenIn[unit] = epoch;
        (arm == Arm.CANDIDATE ? candidate : champion).add(hash, isNew, mask);
    }

    List<ArmSecond> closeSecond() {
        return List.of(champion.finish(epoch), candidate.finish(epoch));
    }
}
