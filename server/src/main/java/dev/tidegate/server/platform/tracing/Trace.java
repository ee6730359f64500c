package dev.tidegate.server.platform.tracing;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The trace of one request: its id, and the steps of a request that is recorded. */
public final class Trace {
    private final TraceId id;
    private final String model;
    private final @Nullable TraceParent parent;
    private final boolean recorded;
    private final long span;
    private final List<Step> steps = new ArrayList<>();

    /**
     * @param span id of the whole request's span when that is recorded, not 0
     */
    Trace(TraceId id, String model, @Nullable TraceParent parent, boolean recorded, long span) {
        this.id = id;
        this.model = model;
        this.parent = parent;
        this.recorded = recorded;
        this.span = span;
    }

    public TraceId id() {
        return id;
    }

    /** Returns whether the id is the caller's and not the request's own. */
    public boolean isCallers() {
        return parent != null;
    }

    public boolean isRecorded() {
        return recorded;
    }

    /** Adds a step of a recorded request; any thread may. */
    public void add(Step step) {
        synchronized (steps) {
            steps.add(step);
        }
    }

    /**
     * Returns the header for a server that this one asks: below this request's span, or below the
     * caller's where this request is not recorded.
     */
    public String handedOn() {
        TraceParent callers = parent;
        return recorded || callers == null
                ? new TraceParent(id, span, recorded).header()
                : callers.header();
    }

    long span() {
        return span;
    }

    String model() {
        return model;
    }

    @Nullable TraceParent parent() {
        return parent;
    }

    List<Step> steps() {
        synchronized (steps) {
            return List.copyOf(steps);
        }
    }

    /**
     * A part of a request.
     *
     * @param begun nanoseconds of the monotonic clock
     * @param ended the same
     * @param labels what is to be known of it
     * @param error what failed, empty when nothing did
     */
    public record Step(
            String name, long begun, long ended, Map<String, String> labels, String error) {
        public Step {
            labels = Map.copyOf(labels);
        }
    }

    /**
     * The whole request.
     *
     * @param at when it came
     * @param arrival the same, nanoseconds of the monotonic clock
     * @param answered when its answer was ready, nanoseconds of the monotonic clock
     * @param labels what is to be known of it
     * @param error what failed, empty when nothing did
     */
    public record Whole(
            Instant at, long arrival, long answered, Map<String, String> labels, String error) {
        public Whole {
            labels = Map.copyOf(labels);
        }
    }
}
