package dev.tidegate.server.inference;

import dev.tidegate.server.platform.error.TidegateException;
import dev.tidegate.server.platform.time.MonotonicClock;
import dev.tidegate.server.registry.RegisteredVersion;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes room for a version that is to be loaded.
 *
 * <p>Versions are evicted in the order in which they were used last, the one used longest ago
 * first, until the new one fits. An evicted version takes no new request; its memory comes back
 * when the requests that it has are done, which is waited for. What a route names, and what a batch
 * job runs, is never evicted; and a route gets what it names even beyond the budget.
 */
@Singleton
final class VersionRoom {
    private static final Logger LOG = LoggerFactory.getLogger(VersionRoom.class);

    /** How long to wait for requests of evicted versions, and for loads that came first. */
    private static final long PATIENCE = Duration.ofSeconds(10).toNanos();

    /** How long what a route names waits for memory that is being given back. */
    private static final long ROUTE_PATIENCE = Duration.ofSeconds(1).toNanos();

    private static final Duration RETRY = Duration.ofSeconds(1);

    private final MemoryBudget budget;
    private final MonotonicClock clock;

    VersionRoom(MemoryBudget budget, MonotonicClock clock) {
        this.budget = budget;
        this.clock = clock;
    }

    /**
     * Returns the version's share of the budget.
     *
     * @throws TidegateException exhausted when there is no room for it now; precondition when there
     *     can be none
     */
    MemoryShare claim(RegisteredVersion version, LoadReason reason, Evictions versions) {
        long bytes = VersionSize.of(version);
        if (bytes == 0) {
            return budget.exceed(0);
        }
        if (reason != LoadReason.ROUTE) {
            requirePossible(version, bytes, versions);
        }
        long end = clock.nanos() + (reason == LoadReason.ROUTE ? ROUTE_PATIENCE : PATIENCE);
        Optional<MemoryShare> share = budget.take(bytes);
        while (share.isEmpty()
                && (madeRoom(version, bytes, versions) || waited(reason, bytes, end))) {
            share = budget.take(bytes);
        }
        return share.orElseGet(() -> exceed(version, bytes, reason));
    }

    private void requirePossible(RegisteredVersion version, long bytes, Evictions versions) {
        if (bytes > budget.limit()) {
            throw TidegateException.precondition(
                    "%s needs about %d MiB, more than the %d MiB that there are (tidegate.inference.memory-bytes)"
                            .formatted(version.label(), mebi(bytes), mebi(budget.limit())));
        }
        long kept = versions.keptBytes();
        if (bytes > budget.limit() - kept) {
            throw full(
                    "%s needs about %d MiB, and versions that routes or batch jobs use take %d of the %d MiB there are (tidegate.inference.memory-bytes)"
                            .formatted(
                                    version.label(),
                                    mebi(bytes),
                                    mebi(kept),
                                    mebi(budget.limit())));
        }
    }

    private boolean madeRoom(RegisteredVersion version, long bytes, Evictions versions) {
        return !budget.willFit(bytes) && versions.evictOldest(version.id());
    }

    /** Returns whether there may be more room than before. */
    private boolean waited(LoadReason reason, long bytes, long end) {
        boolean hopeless = reason == LoadReason.ROUTE && !budget.willFit(bytes);
        if (hopeless || clock.nanos() - end >= 0) {
            return false;
        }
        try {
            budget.awaitChange();
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw TidegateException.unavailable("the server is shutting down; connect again");
        }
    }

    private MemoryShare exceed(RegisteredVersion version, long bytes, LoadReason reason) {
        if (reason != LoadReason.ROUTE) {
            throw full(
                    "%s needs about %d MiB, which others have not given back yet; %d of %d MiB are taken"
                            .formatted(
                                    version.label(),
                                    mebi(bytes),
                                    mebi(budget.taken()),
                                    mebi(budget.limit())));
        }
        LOG.warn(
                "{} is loaded because a route names it, beyond tidegate.inference.memory-bytes: {} of {} MiB are taken and it needs about {}",
                version.label(),
                mebi(budget.taken()),
                mebi(budget.limit()),
                mebi(bytes));
        return budget.exceed(bytes);
    }

    private static TidegateException full(String reason) {
        return TidegateException.exhausted(reason + "; try again later", RETRY);
    }

    private static long mebi(long bytes) {
        return (bytes + (1 << 20) - 1) >> 20;
    }
}
