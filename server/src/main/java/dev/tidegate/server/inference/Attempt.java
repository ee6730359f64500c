package dev.tidegate.server.inference;

import dev.tidegate.server.inference.onnx.Interruption;
import java.util.Arrays;
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
    private int[] wanted = {};
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
        if (begin(exchange.now())) {
            runAlone();
        }
    }

    /**
     * Begins the run, unless somebody has settled it or nobody waits any more.
     *
     * @param now when it begins, nanoseconds of the monotonic clock
     * @return false when it has ended and let its version go
     */
    boolean begin(long now) {
        startedAt = now;
        leaveQueue();
        if (settled.getOpaque()) {
            version.release();
            return false;
        }
        try {
            exchange.requireTimeLeft(now);
            wanted = version.plan().wanted(exchange.prediction().outputs());
            return true;
        } catch (RuntimeException e) {
            fail(e, now);
            version.release();
            return false;
        }
    }

    /** Runs what has begun, and lets the version go. */
    void runAlone() {
        try {
            Tensor[] outputs = outputs();
            if (outputs != null) {
                succeed(outputs, exchange.now());
            }
        } finally {
            version.release();
        }
    }

    private Tensor @Nullable [] outputs() {
        try {
            version.counters().executed();
            return version.run(inputs(), wanted, interruption);
        } catch (RuntimeException e) {
            fail(e, exchange.now());
            return null;
        } catch (Error e) {
            fail(new IllegalStateException("the run ended with " + e, e), exchange.now());
            throw e;
        }
    }

    /** Answers with what a run together with others gave, and lets the version go. */
    void ranTogether(Tensor[] outputs, long now) {
        try {
            succeed(outputs, now);
        } finally {
            version.release();
        }
    }

    private void succeed(Tensor[] outputs, long now) {
        endedAt = now;
        if (settle()) {
            exchange.succeeded(this, wanted, outputs);
        }
    }

    Tensor[] inputs() {
        return exchange.prediction().inputs().tensors();
    }

    /** Returns whether its inputs have rows, as many in each. */
    boolean hasRows() {
        Tensor[] inputs = inputs();
        long rows = inputs.length == 0 || inputs[0].shape().length == 0 ? 0 : inputs[0].shape()[0];
        for (Tensor input : inputs) {
            if (input.shape().length == 0 || input.shape()[0] != rows) {
                return false;
            }
        }
        return rows > 0;
    }

    /** Returns whether both, which have rows, can be one run. */
    boolean runsWith(Attempt other) {
        return version == other.version
                && exchange.prediction().outputs().equals(other.exchange.prediction().outputs())
                && hasEqualRows(inputs(), other.inputs());
    }

    private static boolean hasEqualRows(Tensor[] one, Tensor[] other) {
        for (int i = 0; i < one.length; i++) {
            long[] shape = one[i].shape();
            long[] otherShape = other[i].shape();
            if (!Arrays.equals(shape, 1, shape.length, otherShape, 1, otherShape.length)) {
                return false;
            }
        }
        return true;
    }

    /** Returns the places of the wanted outputs; known once it has begun. */
    int[] wanted() {
        return wanted;
    }

    private void fail(RuntimeException failure, long now) {
        endedAt = now;
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
