package dev.tidegate.server.stats;

/** The two sides of a route, which a rollout compares. */
public enum Arm {
    CHAMPION,
    CANDIDATE
}
