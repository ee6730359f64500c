package dev.tidegate.server.stats;

/**
 * One arm's event rate in the present step, over each unit's first request.
 *
 * @param units units seen
 * @param events units whose first request is an event
 * @param rate events by units, NaN without units
 * @param low lower end of the always-valid interval at 1 − β
 * @param high its upper end
 */
public record ArmRate(long units, long events, double rate, double low, double high) {}
