package dev.tidegate.server.platform.tracing;

import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import java.util.Collection;

/** Counts what a collector takes. */
final class CountingExporter implements SpanExporter {
    private final SpanExporter collector;
    private final SpanCounts counts;

    CountingExporter(SpanExporter collector, SpanCounts counts) {
        this.collector = collector;
        this.counts = counts;
    }

    @Override
    public CompletableResultCode export(Collection<SpanData> spans) {
        int size = spans.size();
        CompletableResultCode result = collector.export(spans);
        return result.whenComplete(
                () -> {
                    if (result.isSuccess()) {
                        counts.delivered(size);
                    } else {
                        counts.refused(size);
                    }
                });
    }

    @Override
    public CompletableResultCode flush() {
        return collector.flush();
    }

    @Override
    public CompletableResultCode shutdown() {
        return collector.shutdown();
    }
}
