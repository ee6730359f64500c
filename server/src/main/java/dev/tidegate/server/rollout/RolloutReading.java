package dev.tidegate.server.rollout;

import dev.tidegate.server.stats.GateReading;

/**
 * What the leader read from the evidence at one position.
 *
 * @param snapshot what an approval of it would sign
 * @param reading the numbers
 */
record RolloutReading(EvidenceSnapshot snapshot, GateReading reading) {}
