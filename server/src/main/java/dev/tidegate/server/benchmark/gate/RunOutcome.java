package dev.tidegate.server.benchmark.gate;

/**
 * How one simulated rollout ended.
 *
 * @param errorRate the champion's share of failing rows
 * @param rolledBack by the gate
 * @param errorsHarmful whether the errors guardrail was HARMFUL at the end
 * @param promoted by the gate
 * @param errorsEverSafe whether the errors guardrail was SAFE at any look
 * @param zTestFired whether a z-test at the same share of alpha, uncorrected for looking again,
 *     would have rolled back
 * @param seconds until its end
 * @param requests simulated
 */
record RunOutcome(
        double errorRate,
        boolean rolledBack,
        boolean errorsHarmful,
        boolean promoted,
        boolean errorsEverSafe,
        boolean zTestFired,
        int seconds,
        long requests) {}
