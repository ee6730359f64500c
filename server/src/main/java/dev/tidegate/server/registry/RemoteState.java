package dev.tidegate.server.registry;

/**
 * How one address of a remote version fares, seen from this replica.
 *
 * @param breaker closed while requests go there, open while none do, half_open while one tries
 * @param lastFailure empty when nothing failed since the breaker closed
 */
public record RemoteState(String address, String breaker, int inFlight, String lastFailure) {}
