package dev.tidegate.server.inference.remote;

import com.google.common.util.concurrent.Futures;
import com.google.common.util.concurrent.ListenableFuture;
import dev.tidegate.server.inference.ForeignInferProtoMapper;
import dev.tidegate.server.inference.Interruption;
import dev.tidegate.server.inference.RunTimes;
import dev.tidegate.server.inference.Tensor;
import dev.tidegate.server.inference.VersionSession;
import dev.tidegate.server.platform.error.TidegateException;
import dev.tidegate.server.platform.time.MonotonicClock;
import dev.tidegate.server.registry.Hedging;
import dev.tidegate.server.registry.RegisteredVersion;
import dev.tidegate.server.registry.RemotePlace;
import dev.tidegate.server.registry.RemoteState;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A version that other servers run; each thread that asks it waits for the answer. */
final class RemoteSession implements VersionSession {
    private final RegisteredVersion version;
    private final RemotePlace place;
    private final List<RemotePeer> peers;
    private final ForeignInferProtoMapper messages;
    private final HedgeBudget hedges;
    private final MonotonicClock clock;
    private final ScheduledExecutorService timer;
    private final long firstHedgeAfter;
    private final Future<?> probing;
    private final Consumer<RemoteSession> onClose;
    private final Semaphore slots;
    private final RunTimes times;
    private final AtomicInteger turn = new AtomicInteger();

    RemoteSession(
            RegisteredVersion version,
            RemotePlace place,
            List<RemotePeer> peers,
            RunTimes times,
            RemoteConfig config,
            MonotonicClock clock,
            ScheduledExecutorService timer,
            Consumer<RemoteSession> onClose) {
        this.version = version;
        this.place = place;
        this.peers = List.copyOf(peers);
        this.times = times;
        this.messages =
                new ForeignInferProtoMapper(place.model(), place.version(), version.signature());
        this.hedges = new HedgeBudget(place.hedging().share(), config.hedgeBurst());
        this.clock = clock;
        this.timer = timer;
        this.firstHedgeAfter = config.firstHedgeAfter().toNanos();
        this.slots = new Semaphore(place.inFlight());
        this.onClose = onClose;
        this.probing =
                timer.scheduleWithFixedDelay(
                        () -> this.peers.forEach(RemotePeer::probe),
                        config.probeInterval().toNanos(),
                        config.probeInterval().toNanos(),
                        TimeUnit.NANOSECONDS);
    }

    RegisteredVersion version() {
        return version;
    }

    String label() {
        return version.label();
    }

    HedgeBudget hedges() {
        return hedges;
    }

    List<RemotePeer> peers() {
        return peers;
    }

    long now() {
        return clock.nanos();
    }

    /** Learns how long a server took, or at least took. */
    void took(long nanos) {
        times.add(nanos);
    }

    @Override
    public Tensor[] run(Tensor[] inputs, int[] wanted, @Nullable Interruption interruption) {
        if (!slots.tryAcquire()) {
            throw TidegateException.exhausted(
                    "%d requests to %s are under way already, which is the most that may; try again later"
                            .formatted(place.inFlight(), label()));
        }
        try {
            return answer(inputs, wanted, interruption == null ? new Interruption() : interruption);
        } finally {
            slots.release();
        }
    }

    private Tensor[] answer(Tensor[] inputs, int[] wanted, Interruption interruption) {
        long now = clock.nanos();
        long deadline = now + interruption.left(now, place.deadline().toNanos());
        RemoteCall call =
                new RemoteCall(
                        this,
                        messages.request(inputs, wanted),
                        interruption.traceParent(),
                        deadline,
                        inTurn());
        hedges.earn();
        call.start();
        Future<?> alarm = hedgeLater(call);
        interruption.begin(call::cancel);
        try {
            RemoteCall.Answered answered = call.await();
            return tensors(answered, wanted);
        } finally {
            interruption.end();
            alarm.cancel(false);
        }
    }

    private Tensor[] tensors(RemoteCall.Answered answered, int[] wanted) {
        try {
            return messages.answer(answered.bytes(), wanted);
        } catch (TidegateException e) {
            answered.peer().lied();
            throw new TidegateException(
                    e.code(),
                    "%s at %s: %s".formatted(label(), answered.peer().address(), e.text()));
        }
    }

    private Future<?> hedgeLater(RemoteCall call) {
        long after =
                switch (place.hedging().after()) {
                    case Hedging.Start.Never() -> Long.MAX_VALUE;
                    case Hedging.Start.Slowest() -> slowest();
                    case Hedging.Start.After(var time) -> time.toNanos();
                };
        return peers.size() < 2 || after == Long.MAX_VALUE
                ? Futures.immediateVoidFuture()
                : timer.schedule(call::hedge, after, TimeUnit.NANOSECONDS);
    }

    private long slowest() {
        long p95 = times.p95();
        return p95 == Long.MAX_VALUE ? firstHedgeAfter : p95;
    }

    /**
     * Returns the servers with the least under way first, those that are equal in turn; and those
     * last that fail most requests, for what fails at once has the least under way.
     */
    private List<RemotePeer> inTurn() {
        int first = Math.floorMod(turn.getAndIncrement(), peers.size());
        List<RemotePeer> order = new ArrayList<>(peers.subList(first, peers.size()));
        order.addAll(peers.subList(0, first));
        order.sort(
                Comparator.comparing(RemotePeer::isSuspect).thenComparingInt(RemotePeer::inFlight));
        return order;
    }

    /** Returns what a request is told when no server takes one. */
    TidegateException closed() {
        return TidegateException.unavailable(
                "%s has no server that takes requests now: %s"
                        .formatted(
                                label(),
                                states().stream()
                                        .map(
                                                state ->
                                                        "%s is %s (%s)"
                                                                .formatted(
                                                                        state.address(),
                                                                        state.breaker(),
                                                                        state.lastFailure()))
                                        .toList()));
    }

    List<RemoteState> states() {
        return peers.stream().map(RemotePeer::state).toList();
    }

    /** Never called: requests run together only where rows are proven independent, in process. */
    @Override
    public Tensor[][] runTogether(
            Tensor[][] requests, int[] wanted, @Nullable Interruption interruption) {
        throw new IllegalStateException(label() + " runs elsewhere and joins no batch");
    }

    @Override
    public boolean isRemote() {
        return true;
    }

    @Override
    public boolean isReady() {
        return !peers.stream().allMatch(RemotePeer::isOpen);
    }

    @Override
    public int threads() {
        return 0;
    }

    /** Refuses when the model is ready on none of the servers. */
    @Override
    public void requireReady() {
        List<ListenableFuture<Boolean>> asked = peers.stream().map(RemotePeer::isReady).toList();
        List<String> reasons = new ArrayList<>();
        for (int i = 0; i < asked.size(); i++) {
            String reason = whyNotReady(asked.get(i));
            if (reason.isEmpty()) {
                return;
            }
            reasons.add(peers.get(i).address() + ": " + reason);
        }
        throw TidegateException.unavailable(
                "%s is ready nowhere: %s".formatted(label(), String.join("; ", reasons)));
    }

    private String whyNotReady(Future<Boolean> asked) {
        try {
            return asked.get() ? "" : "model '%s' is not ready there".formatted(place.model());
        } catch (ExecutionException e) {
            return PeerFailure.of(e).toString();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CancellationException("interrupted while waiting for " + label());
        }
    }

    @Override
    public void close() {
        onClose.accept(this);
        probing.cancel(false);
        peers.forEach(RemotePeer::close);
    }
}
