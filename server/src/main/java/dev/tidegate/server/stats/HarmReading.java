package dev.tidegate.server.stats;

/**
 * What a rollout has cost so far by one guardrail: expected events of the candidate's requests
 * beyond the champion's.
 *
 * @param guardrail the guardrail's name
 * @param requests the candidate's requests so far
 * @param extraEvents Σ over steps of (candidate's rate − champion's) × the candidate's requests
 * @param low its lower bound, at confidence 1 − β for this bound alone
 * @param high its upper bound, at confidence 1 − β for this bound alone
 */
public record HarmReading(
        String guardrail, long requests, double extraEvents, double low, double high) {}
