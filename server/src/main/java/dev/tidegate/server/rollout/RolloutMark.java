package dev.tidegate.server.rollout;

import java.time.Instant;

/** Something that happened to a rollout, for charts and people. */
record RolloutMark(Instant at, String kind, String label) {}
