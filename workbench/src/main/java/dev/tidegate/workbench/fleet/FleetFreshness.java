package dev.tidegate.workbench.fleet;

import dev.tidegate.workbench.connection.Feed;
import dev.tidegate.workbench.control.Figures;
import dev.tidegate.workbench.failure.ServiceFailure;
import java.time.Duration;
import java.time.Instant;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Tells figures of now from those that a server repeats because it gets no newer ones, as without
 * its database. Such a stream is live and its figures are stale all the same.
 */
final class FleetFreshness {
    /** When the newest figures of now came. */
    private @Nullable Instant fresh;

    /** The feed with figures that are only repeated marked as stale, and the time they are of. */
    Feed<FleetSnapshot> judge(Feed<FleetSnapshot> feed) {
        return switch (feed) {
            case Feed.Live<FleetSnapshot> live -> judge(live);
            case Feed.Stale<FleetSnapshot> stale ->
                    new Feed.Stale<>(stale.value(), since(stale.at()), stale.failure());
            case Feed.Waiting<FleetSnapshot> _, Feed.Failed<FleetSnapshot> _ -> feed;
        };
    }

    private Feed<FleetSnapshot> judge(Feed.Live<FleetSnapshot> live) {
        ServerState server = live.value().server();
        if (!isRepeated(live)) {
            fresh = server.newestEvidence().isPresent() || fresh == null ? live.at() : fresh;
            return live;
        }
        return new Feed.Stale<>(
                live.value(),
                since(server.ageOfEvidence().map(live.at()::minus).orElse(live.at())),
                new ServiceFailure.Outdated(words(server)));
    }

    /**
     * Whether the figures stand still for a reason that the server knows. Evidence may be missing
     * for a moment without a reason, as when a replica has just started; without traffic it is not.
     */
    private boolean isRepeated(Feed.Live<FleetSnapshot> live) {
        ServerState server = live.value().server();
        boolean missing =
                server.newestEvidence().isEmpty()
                        && Duration.between(since(live.at()), live.at()).compareTo(ServerState.NEWS)
                                > 0;
        return server.isWithoutDatabase()
                || (!server.problems().isEmpty() && (server.isEvidenceOld() || missing));
    }

    private Instant since(Instant otherwise) {
        return fresh == null ? otherwise : fresh;
    }

    private static String words(ServerState server) {
        return server.problems().stream().map(Figures::sentence).collect(Collectors.joining(". "));
    }
}
