package dev.tidegate.server.platform.tracing;

import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanBuilder;
import io.opentelemetry.sdk.trace.IdGenerator;
import java.util.HexFormat;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/** Random span ids, but for the span of a whole request, whose ids were set before. */
final class SpanIds implements IdGenerator {
    private static final ThreadLocal<@Nullable Trace> NEXT = new ThreadLocal<>();

    private final IdGenerator random = IdGenerator.random();

    /** Returns the id of a span, not 0. */
    static long random() {
        long id = ThreadLocalRandom.current().nextLong();
        return id == 0 ? 1 : id;
    }

    /** Begins the span of a whole request, with its ids. */
    Span begin(Trace trace, SpanBuilder builder) {
        NEXT.set(trace);
        try {
            return builder.startSpan();
        } finally {
            NEXT.remove();
        }
    }

    @Override
    public String generateSpanId() {
        Trace trace = NEXT.get();
        return trace == null ? random.generateSpanId() : HexFormat.of().toHexDigits(trace.span());
    }

    @Override
    public String generateTraceId() {
        Trace trace = NEXT.get();
        return trace == null ? random.generateTraceId() : trace.id().toString();
    }
}
