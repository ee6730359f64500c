package dev.tidegate.server.platform.tracing;

import io.opentelemetry.sdk.trace.IdGenerator;
import org.jspecify.annotations.Nullable;

/** Random span ids; the trace id of a trace that begins here is the one that was set before. */
final class SpanIds implements IdGenerator {
    private static final ThreadLocal<@Nullable TraceId> NEXT = new ThreadLocal<>();

    private final IdGenerator random = IdGenerator.random();

    /** Sets the trace id of the trace that this thread begins next. */
    void next(TraceId id) {
        NEXT.set(id);
    }

    @Override
    public String generateSpanId() {
        return random.generateSpanId();
    }

    @Override
    public String generateTraceId() {
        TraceId id = NEXT.get();
        NEXT.remove();
        return id == null ? random.generateTraceId() : id.toString();
    }
}
