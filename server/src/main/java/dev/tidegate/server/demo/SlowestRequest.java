package dev.tidegate.server.demo;

/**
 * The request that took longest, answered or not.
 *
 * @param seconds how long it took
 * @param after seconds from the start of the traffic to when it was sent
 */
public record SlowestRequest(double seconds, double after) {}
