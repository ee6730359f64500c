package dev.tidegate.server.inference.remote;

import com.google.common.util.concurrent.FutureCallback;
import com.google.common.util.concurrent.Futures;
import com.google.common.util.concurrent.ListenableFuture;
import com.google.common.util.concurrent.MoreExecutors;
import dev.tidegate.server.platform.error.ErrorCode;
import dev.tidegate.server.platform.error.TidegateException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;

/**
 * One request on its way through the servers of a version.
 *
 * <p>The first answer counts, and all other tries are cancelled. A try that another one can stand
 * in for is followed by the next server's; each server is asked once at most.
 */
final class RemoteCall {
    private final RemoteSession version;
    private final byte[] request;
    private final Optional<String> traceParent;
    private final long deadline;
    private final Iterator<RemotePeer> untried;
    private final CompletableFuture<Answered> result = new CompletableFuture<>();

    /** Guarded by this. */
    private final List<Try> running = new ArrayList<>();

    /** Guarded by this. */
    private boolean over;

    /**
     * @param traceParent header of W3C Trace Context that goes with it
     * @param deadline nanoseconds of the monotonic clock
     * @param peers in the order in which they are asked
     */
    RemoteCall(
            RemoteSession version,
            byte[] request,
            Optional<String> traceParent,
            long deadline,
            List<RemotePeer> peers) {
        this.version = version;
        this.request = request;
        this.traceParent = traceParent;
        this.deadline = deadline;
        this.untried = peers.iterator();
    }

    /** Sends it to the first server that takes requests. */
    synchronized void start() {
        if (!next(false)) {
            fail(version.closed());
        }
    }

    /** Sends it to one more server, if there is one and second tries are not too many. */
    synchronized void hedge() {
        if (over || running.size() != 1 || !untried.hasNext() || !version.hedges().take()) {
            return;
        }
        if (!next(true)) {
            version.hedges().giveBack();
        }
    }

    private boolean next(boolean hedge) {
        while (untried.hasNext()) {
            RemotePeer peer = untried.next();
            if (peer.isWilling()) {
                begin(new Try(peer, version.now(), hedge));
                return true;
            }
        }
        return false;
    }

    private void begin(Try next) {
        next.answer = next.peer.ask(request, traceParent, Math.max(1, deadline - next.begun));
        running.add(next);
        Futures.addCallback(next.answer, next, MoreExecutors.directExecutor());
    }

    private synchronized void answered(Try winner, byte[] bytes) {
        version.took(version.now() - winner.begun);
        if (over) {
            return;
        }
        over = true;
        for (Try each : running) {
            if (each.hedge) {
                version.hedges().ended(each == winner);
            }
            if (each != winner) {
                version.took(version.now() - each.begun);
                each.cancel();
            }
        }
        result.complete(new Answered(winner.peer, bytes));
    }

    private synchronized void failed(Try loser, Throwable cause) {
        if (over) {
            return;
        }
        running.remove(loser);
        if (loser.hedge) {
            version.hedges().ended(false);
        }
        PeerFailure failure = PeerFailure.of(cause);
        boolean goesOn = !running.isEmpty() || (failure.isWorthARetry() && next(false));
        if (!goesOn) {
            fail(failure.exception(version.label(), loser.peer.address().toString()));
        }
    }

    private void fail(TidegateException failure) {
        over = true;
        result.completeExceptionally(failure);
    }

    /** Ends it: nobody waits any more. */
    synchronized void cancel() {
        if (!over) {
            over = true;
            running.forEach(Try::cancel);
            result.completeExceptionally(
                    new TidegateException(
                            ErrorCode.UNAVAILABLE,
                            version.label() + ": the request was cancelled"));
        }
    }

    /** Returns the answer when it is there, which is before the deadline or never. */
    Answered await() {
        try {
            return result.get();
        } catch (ExecutionException e) {
            throw e.getCause() instanceof TidegateException known
                    ? known
                    : new IllegalStateException("a remote call ended with " + e.getCause(), e);
        } catch (InterruptedException e) {
            cancel();
            Thread.currentThread().interrupt();
            throw new CancellationException(version.label() + ": this server stops");
        }
    }

    /** An answer and whose it is. */
    static final class Answered {
        private final RemotePeer peer;
        private final byte[] bytes;

        Answered(RemotePeer peer, byte[] bytes) {
            this.peer = peer;
            this.bytes = bytes;
        }

        RemotePeer peer() {
            return peer;
        }

        byte[] bytes() {
            return bytes;
        }
    }

    /** The request at one server. */
    private final class Try implements FutureCallback<byte[]> {
        private final RemotePeer peer;
        private final long begun;
        private final boolean hedge;
        private ListenableFuture<byte[]> answer = Futures.immediateCancelledFuture();

        Try(RemotePeer peer, long begun, boolean hedge) {
            this.peer = peer;
            this.begun = begun;
            this.hedge = hedge;
        }

        void cancel() {
            answer.cancel(true);
        }

        @Override
        public void onSuccess(byte[] bytes) {
            answered(this, bytes);
        }

        @Override
        public void onFailure(Throwable cause) {
            failed(this, cause);
        }
    }
}
