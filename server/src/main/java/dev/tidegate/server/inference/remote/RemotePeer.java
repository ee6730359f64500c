package dev.tidegate.server.inference.remote;

import com.google.common.util.concurrent.FutureCallback;
import com.google.common.util.concurrent.Futures;
import com.google.common.util.concurrent.ListenableFuture;
import com.google.common.util.concurrent.MoreExecutors;
import dev.tidegate.server.platform.time.MonotonicClock;
import dev.tidegate.server.registry.Graph;
import dev.tidegate.server.registry.RemoteAddress;
import dev.tidegate.server.registry.RemoteState;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreaker.State;
import io.grpc.Status;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongSupplier;
import java.util.function.UnaryOperator;

/**
 * One server of a remote version, and whether requests go there.
 *
 * <p>Its breaker opens when too many of its newest requests found the server amiss, or when probes
 * do; then none go there until one request or probe is answered. What a model fails on does not
 * open it, and a request that was cancelled soon says nothing.
 */
final class RemotePeer implements AutoCloseable {
    private final RemoteAddress address;
    private final GrpcPeerGateway gateway;
    private final CircuitBreaker breaker;
    private final MonotonicClock clock;
    private final int failedProbesToOpen;
    private final LongSupplier unansweredAfter;
    private final UnaryOperator<String> keep;
    private final AtomicInteger inFlight = new AtomicInteger();
    private final AtomicInteger failedProbes = new AtomicInteger();
    private final LongAdder answered = new LongAdder();
    private final LongAdder failed = new LongAdder();
    private final LongAdder cancelled = new LongAdder();
    private final FailureShare failures = new FailureShare();
    private volatile String lastFailure = "";

    /**
     * @param unansweredAfter how long a request must have waited in vain, in nanoseconds, before
     *     that speaks against the server
     * @param keep returns what the server said of a request as it may be kept
     */
    RemotePeer(
            RemoteAddress address,
            GrpcPeerGateway gateway,
            CircuitBreaker breaker,
            MonotonicClock clock,
            int failedProbesToOpen,
            LongSupplier unansweredAfter,
            UnaryOperator<String> keep) {
        this.address = address;
        this.gateway = gateway;
        this.breaker = breaker;
        this.clock = clock;
        this.failedProbesToOpen = failedProbesToOpen;
        this.unansweredAfter = unansweredAfter;
        this.keep = keep;
    }

    RemoteAddress address() {
        return address;
    }

    int inFlight() {
        return inFlight.get();
    }

    /** Returns whether requests are better sent elsewhere, as most of the newest ones failed. */
    boolean isSuspect() {
        return failures.isSuspect(clock.nanos());
    }

    /** Returns whether no requests go there now, but for one that tries it. */
    boolean isOpen() {
        return switch (breaker.getState()) {
            case OPEN, FORCED_OPEN, HALF_OPEN -> true;
            case CLOSED, DISABLED, METRICS_ONLY -> false;
        };
    }

    /** Learns that an answer was not what the signature says. */
    void lied() {
        failures.add(true, clock.nanos());
    }

    PeerCounts counts() {
        return new PeerCounts(answered.sum(), failed.sum(), cancelled.sum());
    }

    State breaker() {
        return breaker.getState();
    }

    RemoteState state() {
        return new RemoteState(
                address.toString(),
                breaker.getState().name().toLowerCase(Locale.ROOT),
                inFlight.get(),
                lastFailure);
    }

    /** Returns whether a request may go there; the caller then sends it. */
    boolean isWilling() {
        return breaker.tryAcquirePermission();
    }

    /** Sends a request that {@link #isWilling} let through. */
    ListenableFuture<byte[]> ask(byte[] request, Optional<String> traceParent, long patience) {
        long begun = clock.nanos();
        inFlight.incrementAndGet();
        ListenableFuture<byte[]> answer = gateway.infer(request, traceParent, patience);
        watch(answer, begun);
        return answer;
    }

    private void watch(ListenableFuture<byte[]> answer, long begun) {
        Futures.addCallback(
                answer,
                new FutureCallback<>() {
                    @Override
                    public void onSuccess(byte[] bytes) {
                        inFlight.decrementAndGet();
                        answered.increment();
                        failures.add(false, clock.nanos());
                        succeeded(clock.nanos() - begun);
                    }

                    @Override
                    public void onFailure(Throwable cause) {
                        inFlight.decrementAndGet();
                        failed(PeerFailure.of(cause), clock.nanos() - begun);
                    }
                },
                MoreExecutors.directExecutor());
    }

    private void succeeded(long took) {
        breaker.onSuccess(took, TimeUnit.NANOSECONDS);
        if (breaker.getState() == State.CLOSED) {
            lastFailure = "";
        }
    }

    private void failed(PeerFailure failure, long took) {
        (failure.code() == Status.Code.CANCELLED ? cancelled : failed).increment();
        if (!failure.isSilence() && !failure.isCallers()) {
            failures.add(true, clock.nanos());
        }
        if (failure.isServers() || (failure.isSilence() && took >= unansweredAfter.getAsLong())) {
            blame(failure, took);
        } else if (failure.isSilence()) {
            breaker.releasePermission();
        } else {
            breaker.onSuccess(took, TimeUnit.NANOSECONDS);
        }
    }

    private void blame(PeerFailure failure, long took) {
        lastFailure = failure.keeping(keep).toString();
        breaker.onError(took, TimeUnit.NANOSECONDS, new Blame(lastFailure));
    }

    /** Returns whether the model is ready there. */
    ListenableFuture<Boolean> isReady() {
        return gateway.isReady();
    }

    ListenableFuture<Graph> graph() {
        return gateway.graph();
    }

    /** Asks whether the model is ready there and tells the breaker; one that is open is tried. */
    void probe() {
        boolean closed = breaker.getState() == State.CLOSED;
        if (!closed && !breaker.tryAcquirePermission()) {
            return;
        }
        long begun = clock.nanos();
        Futures.addCallback(
                gateway.isReady(),
                new FutureCallback<>() {
                    @Override
                    public void onSuccess(Boolean ready) {
                        if (ready) {
                            passed(closed, clock.nanos() - begun);
                        } else {
                            missed(closed, "the model is not ready there", clock.nanos() - begun);
                        }
                    }

                    @Override
                    public void onFailure(Throwable cause) {
                        PeerFailure failure = PeerFailure.of(cause);
                        if (failure.isSilence()) {
                            gateway.reconnect();
                        }
                        missed(closed, failure.toString(), clock.nanos() - begun);
                    }
                },
                MoreExecutors.directExecutor());
    }

    private void passed(boolean closed, long took) {
        failedProbes.set(0);
        if (!closed) {
            succeeded(took);
        }
    }

    private void missed(boolean closed, String failure, long took) {
        lastFailure = failure;
        if (!closed) {
            breaker.onError(took, TimeUnit.NANOSECONDS, new Blame(failure));
        } else if (failedProbes.incrementAndGet() >= failedProbesToOpen) {
            failedProbes.set(0);
            breaker.transitionToOpenState();
        }
    }

    @Override
    public void close() {
        gateway.close();
    }

    /** Tells the breaker's library of a failure; a trace would only cost. */
    private static final class Blame extends Exception {
        private static final long serialVersionUID = 1L;

        Blame(String what) {
            super(what, null, false, false);
        }
    }
}
