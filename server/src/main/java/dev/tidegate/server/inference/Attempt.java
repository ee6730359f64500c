package dev.tidegate.server.inference;

import java.util.Arrays;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One run of one version for one request. Whoever settles it first decides what comes of it: the
 * run that ends, the alarm of its time limit, or the client that goes away.
 *
 * <p>It holds its version until the run has ended, however the request went on meanwhile.
 */
final class Attempt implements Runnable {
    private static final Logger LOG = LoggerFactory.getLogger(Attempt.class);

    private final Exchange exchange;
    private final LoadedVersion version;
    private final @Nullable Interruption interruption;
    private final long queuedAt;
    private final AtomicBoolean settled = new AtomicBoolean();

    /** Of the run that it shares; null while there is none. */
    private volatile @Nullable SharedInterruption shared;

    private boolean leftQueue;
    private int[] wanted = {};
    private Tensor @Nullable [] outputs;
    private @Nullable RuntimeException failure;
    private long startedAt;
    private long endedAt;
    private long answeringAt;

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
        this.answeringAt = queuedAt;
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
        SharedInterruption run = shared;
        if (run != null) {
            run.settled();
        }
    }

    boolean isSettled() {
        return settled.get();
    }

    /** It runs together with others, whose run ends when all of them are settled. */
    void share(SharedInterruption run) {
        shared = run;
    }

    long modelId() {
        return version.version().modelId();
    }

    /** Returns whether its run can be ended: it is not on a transport's thread. */
    boolean isInterruptible() {
        return interruption != null;
    }

    @Override
    public void run() {
        if (begin(exchange.now())) {
            runAlone();
        }
        answer();
    }

    /**
     * Begins the run, unless somebody has settled it or nobody waits any more.
     *
     * @param now when it begins, nanoseconds of the monotonic clock
     * @return whether it is to run
     */
    boolean begin(long now) {
        startedAt = now;
        endedAt = now;
        leaveQueue();
        if (settled.getOpaque()) {
            return false;
        }
        try {
            exchange.requireTimeLeft(now);
            wanted = version.plan().wanted(exchange.prediction().outputs());
            return true;
        } catch (RuntimeException e) {
            failure = e;
            return false;
        }
    }

    /** Runs what has begun; how it went waits for {@link #answer}. */
    void runAlone() {
        try {
            version.counters().executed();
            outputs = version.run(inputs(), wanted, interruption);
        } catch (RuntimeException e) {
            failure = e;
        } catch (Error e) {
            failure = new IllegalStateException("the run ended with " + e, e);
        }
        endedAt = exchange.now();
        version.worked(endedAt - startedAt);
    }

    /** Takes what a run together with others gave. */
    void ranTogether(Tensor[] own, long now) {
        outputs = own;
        endedAt = now;
    }

    /** Tells how it went, unless somebody has settled it meanwhile, and lets the version go. */
    void answer() {
        try {
            if (settle()) {
                answeringAt = exchange.now();
                report();
            }
        } finally {
            version.release();
        }
    }

    private void report() {
        Tensor[] given = outputs;
        if (given != null) {
            exchange.succeeded(this, wanted, given);
        } else {
            exchange.failed(
                    this,
                    failure == null ? new IllegalStateException("the run never began") : failure);
        }
    }

    /** Answers; what goes wrong with that is not to keep those that ran with it from theirs. */
    void answerOrGiveUp() {
        try {
            answer();
        } catch (RuntimeException | Error e) {
            LOG.error("an answer could not be given", e);
            giveUp(e);
        }
    }

    private void giveUp(Throwable cause) {
        try {
            exchange.giveUp(new IllegalStateException("the answer could not be given", cause));
        } catch (RuntimeException e) {
            LOG.debug("the call had ended already", e);
        }
    }

    Tensor[] inputs() {
        return exchange.prediction().inputs().tensors();
    }

    /** Returns how many rows its inputs have; 0 when they have none, or not as many in each. */
    long rows() {
        Tensor[] inputs = inputs();
        long rows = inputs.length == 0 || inputs[0].shape().length == 0 ? 0 : inputs[0].shape()[0];
        for (Tensor input : inputs) {
            if (input.shape().length == 0 || input.shape()[0] != rows) {
                return 0;
            }
        }
        return rows;
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

    /** Returns the moments of a run that has ended and whose answer is encoded. */
    RequestTimes times(long begun, long answered) {
        return new RequestTimes(
                begun, queuedAt, dueAt(), startedAt, endedAt, answeringAt, answered);
    }

    /** On a transport's thread it waits for nothing but what the thread reads in the same turn. */
    private long dueAt() {
        return isInterruptible() ? Math.min(startedAt, waitsUntil()) : startedAt;
    }

    /**
     * Returns until when it may wait for others that could run with it, nanoseconds of the
     * monotonic clock: no longer than half of the time until evidence judges it.
     */
    long waitsUntil() {
        long half = Math.max(0, (exchange.prediction().judged() - queuedAt) / 2);
        return queuedAt + Math.min(version.batchDelay(), half);
    }

    /** Returns when the run began; when it was ready, if it never did. */
    long startedAt() {
        return startedAt;
    }

    /** Returns when the run ended; when it began, if it has not. */
    long endedAt() {
        return endedAt;
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
        if (interruption != null && !leftQueue) {
            leftQueue = true;
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
