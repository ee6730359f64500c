package dev.tidegate.server.platform.tracing;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanBuilder;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.TraceFlags;
import io.opentelemetry.api.trace.TraceState;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Context;
import io.opentelemetry.exporter.otlp.http.trace.OtlpHttpSpanExporter;
import io.opentelemetry.exporter.otlp.http.trace.OtlpHttpSpanExporterBuilder;
import io.opentelemetry.sdk.resources.Resource;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.export.BatchSpanProcessor;
import io.opentelemetry.sdk.trace.samplers.Sampler;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HexFormat;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Makes OpenTelemetry spans of requests and delivers them to a collector, in the background. */
final class SpanSender implements AutoCloseable {
    private static final AttributeKey<String> SERVICE = AttributeKey.stringKey("service.name");
    private static final AttributeKey<String> ERROR = AttributeKey.stringKey("error.message");

    /** How long a span waits for others at most. */
    private static final Duration DELAY = Duration.ofSeconds(1);

    private final SpanIds ids = new SpanIds();
    private final SdkTracerProvider provider;
    private final Tracer tracer;
    private final SpanCounts counts;

    SpanSender(TracingConfig config, SpanCounts counts) {
        this.counts = counts;
        this.provider =
                SdkTracerProvider.builder()
                        .setIdGenerator(ids)
                        .setSampler(Sampler.alwaysOn())
                        .setResource(
                                Resource.getDefault()
                                        .merge(
                                                Resource.create(
                                                        Attributes.of(
                                                                SERVICE, config.serviceName()))))
                        .addSpanProcessor(
                                BatchSpanProcessor.builder(
                                                new CountingExporter(collector(config), counts))
                                        .setScheduleDelay(DELAY)
                                        .setMaxQueueSize(config.queue())
                                        .setMaxExportBatchSize(Math.min(512, config.queue()))
                                        .setExporterTimeout(config.timeout())
                                        .build())
                        .build();
        this.tracer = provider.get("dev.tidegate");
    }

    private static OtlpHttpSpanExporter collector(TracingConfig config) {
        OtlpHttpSpanExporterBuilder builder =
                OtlpHttpSpanExporter.builder()
                        .setEndpoint(config.endpoint())
                        .setTimeout(config.timeout());
        if (!config.token().isEmpty()) {
            builder.addHeader("authorization", "Bearer " + config.token());
        }
        return builder.build();
    }

    void send(Trace trace, Trace.Whole whole) {
        long offset = ChronoUnit.NANOS.between(Instant.EPOCH, whole.at()) - whole.arrival();
        Span root = begin(trace, whole, offset);
        Context within = Context.root().with(root);
        for (Trace.Step step : trace.steps()) {
            Span span =
                    tracer.spanBuilder(step.name())
                            .setParent(within)
                            .setStartTimestamp(step.begun() + offset, TimeUnit.NANOSECONDS)
                            .startSpan();
            end(span, step.labels(), step.error(), step.ended() + offset);
        }
        end(root, whole.labels(), whole.error(), whole.answered() + offset);
        counts.ended(1 + trace.steps().size());
    }

    private Span begin(Trace trace, Trace.Whole whole, long offset) {
        SpanBuilder builder =
                tracer.spanBuilder("infer " + trace.model())
                        .setAttribute("tidegate.model", trace.model())
                        .setSpanKind(SpanKind.SERVER)
                        .setStartTimestamp(whole.arrival() + offset, TimeUnit.NANOSECONDS);
        TraceParent parent = trace.parent();
        return ids.begin(
                trace,
                parent == null
                        ? builder.setNoParent()
                        : builder.setParent(Context.root().with(Span.wrap(remote(parent)))));
    }

    private static SpanContext remote(TraceParent parent) {
        return SpanContext.createFromRemoteParent(
                parent.trace().toString(),
                HexFormat.of().toHexDigits(parent.span()),
                TraceFlags.getSampled(),
                TraceState.getDefault());
    }

    private static void end(Span span, Map<String, String> labels, String error, long at) {
        labels.forEach(span::setAttribute);
        if (!error.isEmpty()) {
            span.setStatus(StatusCode.ERROR, error);
            span.setAttribute(ERROR, error);
        }
        span.end(at, TimeUnit.NANOSECONDS);
    }

    @Override
    public void close() {
        provider.close();
    }
}
