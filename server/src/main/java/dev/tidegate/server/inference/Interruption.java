package dev.tidegate.server.inference;

import dev.tidegate.server.platform.tracing.Trace;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * Ends a run from another thread, before it starts or while it is under way; and tells how long it
 * may last, and in which trace it is.
 */
public final class Interruption {
    private final OptionalLong deadline;
    private final Optional<String> traceParent;

    /** Guarded by this. */
    private @Nullable Runnable stop;

    /** Guarded by this. */
    private boolean interrupted;

    /** Makes one of a run that may last. */
    public Interruption() {
        this.deadline = OptionalLong.empty();
        this.traceParent = Optional.empty();
    }

    /**
     * Makes one of a run that nobody waits for after its deadline.
     *
     * @param deadline nanoseconds of the monotonic clock
     * @param trace null when the request is in none
     */
    Interruption(long deadline, @Nullable Trace trace) {
        this.deadline = OptionalLong.of(deadline);
        this.traceParent = Optional.ofNullable(trace).map(Trace::handedOn);
    }

    /** Ends the run; without effect when it has ended. */
    public synchronized void interrupt() {
        interrupted = true;
        Runnable running = stop;
        if (running != null) {
            running.run();
        }
    }

    /** Returns whether somebody ended it. */
    public synchronized boolean isInterrupted() {
        return interrupted;
    }

    /** Returns how long the run may last from now, in nanoseconds. */
    public long left(long now, long most) {
        return deadline.isPresent() ? Math.min(most, deadline.getAsLong() - now) : most;
    }

    /** Returns the header of W3C Trace Context for a server that the run asks. */
    public Optional<String> traceParent() {
        return traceParent;
    }

    /**
     * Tells what ends the run, which is done at once when somebody has ended it already.
     *
     * @param ending is not called any more once {@link #end} was
     */
    public synchronized void begin(Runnable ending) {
        stop = ending;
        if (interrupted) {
            ending.run();
        }
    }

    /** Tells that the run is over. */
    public synchronized void end() {
        stop = null;
    }
}
