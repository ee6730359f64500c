package dev.tidegate.server.platform.tracing;

import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Decides which requests are traced, before the work, and gives their spans away, after the answer.
 *
 * <p>A request that names no trace and is not drawn costs a comparison.
 */
@Singleton
public final class Traces implements AutoCloseable {
    /** As many bits of a prediction id are random. */
    private static final int RANDOM_BITS = 62;

    private final long drawnBelow;
    private final @Nullable SpanSender sender;

    public Traces(TracingConfig config, SpanCounts counts) {
        double places = Math.scalb(1.0, RANDOM_BITS);
        drawnBelow = config.isOn() ? (long) (config.sampleRatio() * places) : 0;
        sender = config.isOn() ? new SpanSender(config, counts) : null;
    }

    /**
     * Returns the trace of a request; null when its caller named none and it is not drawn.
     *
     * @param traceParent header of W3C Trace Context, null when there is none; a malformed one is
     *     none
     * @param id of the request, version 7
     * @param model that is asked
     */
    public @Nullable Trace begin(@Nullable String traceParent, UUID id, String model) {
        TraceParent parent = traceParent == null ? null : TraceParent.parse(traceParent);
        if (parent != null) {
            return new Trace(
                    parent.trace(),
                    model,
                    parent,
                    sender != null && parent.isSampled(),
                    SpanIds.random());
        }
        long random = id.getLeastSignificantBits() & (1L << RANDOM_BITS) - 1;
        return random < drawnBelow
                ? new Trace(TraceId.of(id), model, null, true, SpanIds.random())
                : null;
    }

    /** Gives the spans of a request away; nothing happens to one that is not recorded. */
    public void end(Trace trace, Trace.Whole whole) {
        SpanSender to = sender;
        if (to != null && trace.isRecorded()) {
            to.send(trace, whole);
        }
    }

    /** Delivers what waits. */
    @Override
    @PreDestroy
    public void close() {
        SpanSender to = sender;
        if (to != null) {
            to.close();
        }
    }
}
