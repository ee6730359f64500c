package dev.tidegate.server.rollout;

import dev.tidegate.server.platform.error.TidegateException;
import dev.tidegate.server.registry.RegisteredVersion;
import dev.tidegate.server.registry.VersionCost;
import dev.tidegate.server.registry.VersionCosts;
import jakarta.inject.Singleton;
import java.util.Locale;
import java.util.Optional;

/** Holds a candidate to costing less than the champion, by what both cost on this replica. */
@Singleton
final class CheaperCandidate {
    /** Inferences below which a cost says little: the first runs of a version are its slowest. */
    private static final long LEAST = 200;

    /**
     * Rows in a run, as a multiple of the champion's, above which costs are not alike: a row costs
     * less the more run with it.
     */
    private static final double MOST_ROWS = 2;

    private final VersionCosts costs;

    CheaperCandidate(VersionCosts costs) {
        this.costs = costs;
    }

    /**
     * Refuses a candidate that does not cost less.
     *
     * @throws TidegateException FAILED_PRECONDITION with both costs, or with how to measure the one
     *     that is not known yet
     */
    void require(RegisteredVersion champion, RegisteredVersion candidate) {
        VersionCost theirs = known(champion);
        VersionCost own = known(candidate);
        requireAlike(candidate, own, theirs);
        if (own.coreSecondsPerThousand() >= theirs.coreSecondsPerThousand()) {
            throw TidegateException.precondition(
                    "%s is not cheaper than the champion: %s, and %s for version %s"
                            .formatted(
                                    candidate.label(),
                                    own.text(),
                                    theirs.text(),
                                    champion.version()));
        }
    }

    private static void requireAlike(
            RegisteredVersion candidate, VersionCost own, VersionCost theirs) {
        if (own.rowsPerRun() > MOST_ROWS * theirs.rowsPerRun()) {
            throw TidegateException.precondition(
                    String.format(
                            Locale.ROOT,
                            "the cost of %s is not comparable: it answered %.3g rows in a run and the champion %.3g, expected at most %.0f times as many; send it requests as clients send them",
                            candidate.label(),
                            own.rowsPerRun(),
                            theirs.rowsPerRun(),
                            MOST_ROWS));
        }
    }

    private VersionCost known(RegisteredVersion version) {
        Optional<VersionCost> cost = costs.of(version.id());
        long inferences = cost.map(VersionCost::inferences).orElse(0L);
        return cost.filter(each -> inferences >= LEAST)
                .orElseThrow(() -> unknown(version, inferences));
    }

    private static TidegateException unknown(RegisteredVersion version, long inferences) {
        if (version.remote().isPresent()) {
            return TidegateException.precondition(
                    "the cost of %s is not known: another server runs it"
                            .formatted(version.label()));
        }
        return TidegateException.precondition(
                "the cost of %s is not known yet: this server has it in memory with %d answered rows, expected at least %d; send it requests that name the version"
                        .formatted(version.label(), inferences, LEAST));
    }
}
