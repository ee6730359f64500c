package dev.tidegate.server.routing;

import java.util.List;

/** What this replica makes of fallbacks. */
public interface FallbackRungs {
    /**
     * Refuses rungs that cannot stand in for a version.
     *
     * @throws dev.tidegate.server.platform.error.TidegateException INVALID_ARGUMENT with line and
     *     column of a rule, NOT_FOUND for an unknown version, FAILED_PRECONDITION for one that
     *     takes or answers something else
     */
    void requireFit(long championId, NewFallback fallback);

    /** Takes over the newest fallbacks of some models. */
    void put(List<Fallback> fallbacks);

    /** Begins to load what fallbacks name and is not in memory, or not any more. */
    void keepLoaded();
}
