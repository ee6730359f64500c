package dev.tidegate.server.inference;

import dev.tidegate.server.journal.ArmEvent;
import dev.tidegate.server.platform.tracing.Trace;
import dev.tidegate.server.platform.tracing.Traces;
import jakarta.inject.Singleton;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** What the traces of requests say; nothing happens for those that are not recorded. */
@Singleton
final class TracedPredictions {
    private static final String VERSION = "tidegate.version";

    private final Traces traces;

    TracedPredictions(Traces traces) {
        this.traces = traces;
    }

    /**
     * A version's run has ended.
     *
     * @param ended when, nanoseconds of the monotonic clock
     * @param error empty when it succeeded
     */
    void ran(Prediction prediction, Attempt attempt, long ended, String error) {
        Trace trace = prediction.trace();
        if (trace == null || !trace.isRecorded()) {
            return;
        }
        Map<String, String> labels = Map.of(VERSION, attempt.version().version().version());
        if (attempt.startedAt() > attempt.queuedAt()) {
            trace.add(new Trace.Step("queue", attempt.queuedAt(), attempt.startedAt(), labels, ""));
        }
        trace.add(new Trace.Step("run", attempt.startedAt(), ended, labels, error));
    }

    /** The request is answered, failed or given up, and recorded as the event says. */
    void ended(Prediction prediction, ArmEvent event) {
        Trace trace = prediction.trace();
        if (trace == null || !trace.isRecorded()) {
            return;
        }
        Map<String, String> labels = new HashMap<>();
        labels.put("tidegate.prediction_id", prediction.id().toString());
        labels.put("tidegate.arm", prediction.armLabel());
        labels.put("tidegate.reason", event.reason().label());
        labels.put("tidegate.outcome", event.outcome().name().toLowerCase(Locale.ROOT));
        labels.put("tidegate.route_epoch", Long.toString(prediction.epoch()));
        if (!prediction.clientId().isEmpty()) {
            labels.put("tidegate.client_id", prediction.clientId());
        }
        traces.end(
                trace,
                new Trace.Whole(
                        prediction.at(),
                        prediction.arrival(),
                        prediction.arrival() + TimeUnit.MICROSECONDS.toNanos(event.totalMicros()),
                        labels,
                        event.error()));
    }
}
