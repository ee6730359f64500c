package dev.tidegate.server.inference.remote;

import dev.tidegate.server.platform.metric.MetricFamily;
import dev.tidegate.server.platform.metric.MetricSample;
import dev.tidegate.server.platform.metric.MetricSource;
import dev.tidegate.server.platform.metric.MetricType;
import io.github.resilience4j.circuitbreaker.CircuitBreaker.State;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Locale;
import java.util.function.BiFunction;
import java.util.stream.Stream;

/** How the servers of remote versions fare, since their versions were loaded. */
@Singleton
final class RemoteMetrics implements MetricSource {
    private static final List<State> STATES = List.of(State.CLOSED, State.HALF_OPEN, State.OPEN);

    private final RemoteVersions versions;

    RemoteMetrics(RemoteVersions versions) {
        this.versions = versions;
    }

    @Override
    public List<MetricFamily> families() {
        return List.of(
                new MetricFamily(
                        "tidegate_remote_requests",
                        MetricType.COUNTER,
                        "Requests to the servers of remote versions, second tries included.",
                        peers(RemoteMetrics::requests)),
                new MetricFamily(
                        "tidegate_remote_in_flight",
                        MetricType.GAUGE,
                        "Requests that wait for a server of a remote version.",
                        peers(
                                (session, peer) ->
                                        Stream.of(sample(session, peer, peer.inFlight())))),
                new MetricFamily(
                        "tidegate_remote_breaker",
                        MetricType.GAUGE,
                        "1 for the state of each server's breaker.",
                        peers(RemoteMetrics::states)),
                new MetricFamily(
                        "tidegate_remote_hedges",
                        MetricType.COUNTER,
                        "Second tries elsewhere; those refused never began, because too many had.",
                        versions.all().stream().flatMap(RemoteMetrics::hedges).toList()));
    }

    private List<MetricSample> peers(
            BiFunction<RemoteSession, RemotePeer, Stream<MetricSample>> samples) {
        return versions.all().stream()
                .flatMap(
                        session ->
                                session.peers().stream()
                                        .flatMap(peer -> samples.apply(session, peer)))
                .toList();
    }

    private static Stream<MetricSample> requests(RemoteSession session, RemotePeer peer) {
        PeerCounts counts = peer.counts();
        return Stream.of(
                sample(session, peer, (double) counts.answered(), "outcome", "answered"),
                sample(session, peer, (double) counts.failed(), "outcome", "failed"),
                sample(session, peer, (double) counts.cancelled(), "outcome", "cancelled"));
    }

    private static Stream<MetricSample> states(RemoteSession session, RemotePeer peer) {
        State now = peer.breaker();
        return STATES.stream()
                .map(
                        state ->
                                sample(
                                        session,
                                        peer,
                                        state == now ? 1 : 0,
                                        "state",
                                        state.name().toLowerCase(Locale.ROOT)));
    }

    private static Stream<MetricSample> hedges(RemoteSession session) {
        HedgeBudget.HedgeCounts counts = session.hedges().counts();
        return Stream.of(
                sample(session, (double) counts.won(), "result", "won"),
                sample(session, (double) counts.lost(), "result", "lost"),
                sample(session, (double) counts.refused(), "result", "refused"));
    }

    private static MetricSample sample(
            RemoteSession session, RemotePeer peer, double value, String... labels) {
        String[] all = new String[labels.length + 2];
        all[0] = "address";
        all[1] = peer.address().toString();
        System.arraycopy(labels, 0, all, 2, labels.length);
        return sample(session, value, all);
    }

    private static MetricSample sample(RemoteSession session, double value, String... labels) {
        String[] all = new String[labels.length + 4];
        all[0] = "model";
        all[1] = session.version().model();
        all[2] = "version";
        all[3] = session.version().version();
        System.arraycopy(labels, 0, all, 4, labels.length);
        return MetricSample.of(value, all);
    }
}
