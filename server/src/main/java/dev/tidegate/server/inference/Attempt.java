package dev.tidegate.server.inference;

import dev.tidegate.server.inference.onnx.Interruption;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * One run of one version for one request. Whoever settles it first decides what comes of it: the
 * run that ends, the alarm of its time limit, or the client that goes away.
 *
 * <p>It holds its version until the run has ended, however the request went on meanwhile.
 */
final class Attempt implements Runnable {
    private final Exchange exchange;
    private final LoadedVersion version;
    private final @Nullable Interruption interruption;
    private final long queuedAt;
    private final AtomicBoolean settled = new AtomicBoolean();
    private long startedAt;
    private long endedAt;

    /**
     * @param version held by the caller, who hands the hold over
     * @param interruption null when the run stays on this thread
     */
    Attempt(
            Exchange exchange,
            LoadedVersion version,
            @Nullable Interruption interruption,
            long queuedAt) {
        this.exchange = exchange;
        this.version = version;
        this.interruption = interruption;
        this.queuedAt = queuedAt;
        this.startedAt = queuedAt;
        this.endedAt = queuedAt;
    }

    LoadedVersion version() {
        return version;
    }

    /** Returns whether the caller is the one who decides. */
    boolean settle() {
        return settled.compareAndSet(false, true);
    }

    /** Ends the run when it is under way; the caller has settled the attempt. */
    void interrupt() {
        if (interruption != null) {
            interruption.interrupt();
        }
    }

    @Override
    public void run() {
        try {
            startedAt = exchange.now();
            leaveQueue();
            if (settled.getOpaque()) {
                return;
            }
            execute();
        } finally {
            version.release();
        }
    }

    private void execute() {
        Tensor[] outputs;
        int[] wanted;
        try {
            exchange.requireTimeLeft(startedAt);
            wanted = version.plan().wanted(exchange.prediction().outputs());
            version.counters().executed();
            outputs = version.run(exchange.prediction().inputs().tensors(), wanted, interruption);
        } catch (RuntimeException e) {
            fail(e);
            return;
        } catch (Error e) {
            fail(new IllegalStateException("the run ended with " + e, e));
            throw e;
        }
        endedAt = exchange.now();
        if (settle()) {
            exchange.succeeded(this, wanted, outputs);
        }
    }

    private void fail(RuntimeException failure) {
        endedAt = exchange.now();
        if (settle()) {
            exchange.failed(this, failure);
        }
    }

    /** Returns the moments of a run that has ended and whose answer is encoded. */
    RequestTimes times(long begun, long answered) {
        return new RequestTimes(begun, queuedAt, startedAt, endedAt, answered);
    }

    /** Returns when it was ready to run. */
    long queuedAt() {
        return queuedAt;
    }

    /** Gives the version back without a run. */
    void abandon() {
        leaveQueue();
        version.release();
    }

    private void leaveQueue() {
        if (interruption != null) {
            version.counters().unqueued();
        }
    }

    /** Returns how long it waited for a thread, in nanoseconds. */
    long queueNanos() {
        return Math.max(0, startedAt - queuedAt);
    }

    /** Returns how long the run took, in nanoseconds. */
    long computeNanos() {
        return Math.max(0, endedAt - startedAt);
    }
}
