package dev.tidegate.server.platform.metric;

import java.time.Instant;
import java.util.UUID;

/**
 * One prediction among those that a bucket counts, to be looked up in the log.
 *
 * @param seconds what was measured
 * @param at when it came
 */
public record Exemplar(UUID predictionId, double seconds, Instant at) {}
