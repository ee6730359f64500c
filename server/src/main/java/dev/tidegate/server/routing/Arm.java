package dev.tidegate.server.routing;

/** The side of a route that a request is sent to. The order is stored: only append. */
public enum Arm {
    CHAMPION,
    CANDIDATE
}
