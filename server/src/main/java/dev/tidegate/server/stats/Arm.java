package dev.tidegate.server.stats;

/** The two sides of a rollout. */
public enum Arm {
    CHAMPION,
    CANDIDATE
}
