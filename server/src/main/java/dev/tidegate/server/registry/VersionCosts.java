package dev.tidegate.server.registry;

import java.util.Optional;

/** What versions cost on this replica. */
public interface VersionCosts {
    /**
     * Returns what a version's answers cost; empty while it is not in memory or has answered
     * nothing, and when another server runs it.
     */
    Optional<VersionCost> of(long versionId);
}
