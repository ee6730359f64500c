package dev.tidegate.server.rollout;

import dev.tidegate.server.stats.GateReading;
import dev.tidegate.server.stats.Insufficiency;

/**
 * What the leader read from the evidence at one position.
 *
 * @param snapshot what an approval of it would sign
 * @param reading the numbers
 */
record RolloutReading(EvidenceSnapshot snapshot, GateReading reading) {

    /** Returns what is left of it when nobody judges the evidence any more. */
    RolloutReading unjudged(Rollout rollout, Insufficiency why) {
        GateReading left = reading.unjudged(why);
        return new RolloutReading(
                EvidenceSnapshot.of(rollout, snapshot.foldPosition(), left, snapshot.at()), left);
    }
}
