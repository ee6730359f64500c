package dev.tidegate.server.inference.remote;

import com.google.common.util.concurrent.ListenableFuture;
import dev.tidegate.server.inference.RemoteSessions;
import dev.tidegate.server.inference.RunTimes;
import dev.tidegate.server.inference.VersionSession;
import dev.tidegate.server.platform.error.TidegateException;
import dev.tidegate.server.platform.time.MonotonicClock;
import dev.tidegate.server.predictionlog.KeptMessages;
import dev.tidegate.server.registry.Graph;
import dev.tidegate.server.registry.RegisteredVersion;
import dev.tidegate.server.registry.RemoteAddress;
import dev.tidegate.server.registry.RemotePlace;
import dev.tidegate.server.registry.RemoteServers;
import dev.tidegate.server.registry.RemoteState;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.function.UnaryOperator;

/** The versions of this replica that other servers run. */
@Singleton
final class RemoteVersions implements RemoteSessions, RemoteServers, AutoCloseable {
    /** How many times its p95 a request waits before that speaks against the server. */
    private static final int SLOWNESS = 3;

    private final RemoteConfig config;
    private final MonotonicClock clock;
    private final KeptMessages kept;
    private final Breakers breakers;
    private final Map<Long, RemoteSession> sessions = new ConcurrentHashMap<>();
    private final ScheduledThreadPoolExecutor timer =
            new ScheduledThreadPoolExecutor(
                    1, Thread.ofPlatform().name("remote-timer").daemon().factory());

    RemoteVersions(RemoteConfig config, MonotonicClock clock, KeptMessages kept) {
        this.kept = kept;
        this.config = config;
        this.clock = clock;
        this.breakers = new Breakers(config, clock);
        timer.setRemoveOnCancelPolicy(true);
    }

    @Override
    public VersionSession open(RegisteredVersion version, RemotePlace place) {
        RunTimes times = new RunTimes();
        UnaryOperator<String> keep = text -> kept.reason(version.modelId(), text);
        List<RemotePeer> peers =
                place.addresses().stream()
                        .map(address -> peer(address, place, times, keep))
                        .toList();
        RemoteSession session =
                new RemoteSession(
                        version,
                        place,
                        peers,
                        times,
                        config,
                        clock,
                        timer,
                        ended -> sessions.remove(version.id(), ended));
        sessions.put(version.id(), session);
        return session;
    }

    private RemotePeer peer(
            RemoteAddress address, RemotePlace place, RunTimes times, UnaryOperator<String> keep) {
        return new RemotePeer(
                address,
                new GrpcPeerGateway(address, place, config),
                breakers.of(address.toString()),
                clock,
                config.failedProbes(),
                () -> unansweredAfter(place, times),
                keep);
    }

    /**
     * A model that is slow by nature is not amiss because its clients wait less long than it takes.
     */
    private long unansweredAfter(RemotePlace place, RunTimes times) {
        long most = place.deadline().toNanos();
        long p95 = times.p95();
        long slow = p95 == Long.MAX_VALUE ? 0 : Math.min(p95, most) * SLOWNESS;
        return Math.min(Math.max(config.unansweredAfter().toNanos(), slow), most);
    }

    @Override
    public List<RemoteState> states(long versionId) {
        RemoteSession session = sessions.get(versionId);
        return session == null ? List.of() : session.states();
    }

    /** Returns the sessions by model and version. */
    List<RemoteSession> all() {
        return sessions.values().stream()
                .sorted(
                        Comparator.comparing((RemoteSession each) -> each.version().model())
                                .thenComparing(each -> each.version().version()))
                .toList();
    }

    @Override
    public Graph read(String name, RemotePlace place) {
        RunTimes none = new RunTimes();
        List<RemotePeer> peers =
                place.addresses().stream()
                        .map(address -> peer(address, place, none, UnaryOperator.identity()))
                        .toList();
        try {
            peers.forEach(peer -> requireReady(name, peer, place));
            Graph first = graph(name, peers.getFirst());
            peers.forEach(peer -> requireSame(name, first, peers.getFirst(), peer));
            return first;
        } finally {
            peers.forEach(RemotePeer::close);
        }
    }

    private static void requireReady(String name, RemotePeer peer, RemotePlace place) {
        if (!result(name, peer, peer.isReady())) {
            throw TidegateException.precondition(
                    "%s at %s: model '%s'%s is not ready there"
                            .formatted(
                                    name,
                                    peer.address(),
                                    place.model(),
                                    place.version().isEmpty()
                                            ? ""
                                            : " version '" + place.version() + "'"));
        }
    }

    private static Graph graph(String name, RemotePeer peer) {
        return result(name, peer, peer.graph());
    }

    private static void requireSame(String name, Graph first, RemotePeer its, RemotePeer peer) {
        Graph graph = graph(name, peer);
        if (!graph.equals(first)) {
            throw TidegateException.precondition(
                    "%s is not the same everywhere: %s has %s, %s has %s"
                            .formatted(name, its.address(), first, peer.address(), graph));
        }
    }

    private static <T> T result(String name, RemotePeer peer, ListenableFuture<T> asked) {
        Future<T> answer = asked;
        try {
            return answer.get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof TidegateException wrong) {
                throw new TidegateException(
                        wrong.code(), "%s at %s: %s".formatted(name, peer.address(), wrong.text()));
            }
            throw PeerFailure.of(e).exception(name, peer.address().toString());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CancellationException("interrupted while waiting for " + peer.address());
        }
    }

    @Override
    @PreDestroy
    public void close() {
        timer.shutdownNow();
    }
}
