package dev.tidegate.server.routing;

import dev.tidegate.server.stats.Arm;

/**
 * Where one request goes.
 *
 * @param versionId the version that shall answer
 * @param inEvidence whether what happens to it counts for a rollout
 */
public record RouteDecision(
        RouteSnapshot route, Arm arm, long versionId, RouteReason reason, boolean inEvidence) {}
