package dev.tidegate.server.routing;

import java.util.Locale;

/** Why a version answers. The order is stored: only append. */
public enum RouteReason {
    CHAMPION,
    CANDIDATE,
    /** The candidate's lease is over: the champion answers, and nothing enters evidence. */
    ROUTE_STALE,
    /** The client named the version. */
    PINNED,
    /** The candidate failed and the champion answered. */
    FAILOVER,
    /** The champion failed and the earlier version of the model's ladder answered. */
    FALLBACK_VERSION,
    /** The champion failed and the rules of the model's ladder answered. */
    FALLBACK_RULES;

    private final String label = name().toLowerCase(Locale.ROOT);

    /** Returns the reason as answers carry it. */
    public String label() {
        return label;
    }
}
