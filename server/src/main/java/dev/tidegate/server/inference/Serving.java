package dev.tidegate.server.inference;

import dev.tidegate.server.journal.ArmEvent;
import dev.tidegate.server.journal.Journal;
import dev.tidegate.server.journal.Outcome;
import dev.tidegate.server.platform.error.ErrorCode;
import dev.tidegate.server.platform.error.TidegateException;
import dev.tidegate.server.platform.time.MonotonicClock;
import dev.tidegate.server.platform.tracing.Trace;
import dev.tidegate.server.platform.tracing.TraceId;
import dev.tidegate.server.predictionlog.KeptMessages;
import dev.tidegate.server.routing.RouteReason;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** What every exchange needs: versions, threads, and the one event before the reply. */
@Singleton
final class Serving {
    private static final byte[] NOTHING = {};

    private final LoadedVersions versions;
    private final Workers workers;
    private final Journal journal;
    private final Ladders ladders;
    private final Substitutes substitutes;
    private final MonotonicClock clock;
    private final LoopBatches batches;
    private final long inlineLimit;
    private final TracedPredictions traced;
    private final KeptMessages kept;
    private final InferResponseProtoMapper responses = new InferResponseProtoMapper();

    Serving(
            LoadedVersions versions,
            Workers workers,
            Journal journal,
            Ladders ladders,
            Substitutes substitutes,
            LoopBatches batches,
            MonotonicClock clock,
            TracedPredictions traced,
            KeptMessages kept,
            InferenceConfig config) {
        this.versions = versions;
        this.workers = workers;
        this.journal = journal;
        this.ladders = ladders;
        this.substitutes = substitutes;
        this.batches = batches;
        this.clock = clock;
        this.traced = traced;
        this.kept = kept;
        this.inlineLimit = config.inlineLimit().toNanos();
    }

    LoadedVersions versions() {
        return versions;
    }

    Ladders ladders() {
        return ladders;
    }

    Substitutes substitutes() {
        return substitutes;
    }

    Workers workers() {
        return workers;
    }

    TracedPredictions traced() {
        return traced;
    }

    long now() {
        return clock.nanos();
    }

    /**
     * Returns whether the version runs so many rows on a transport's thread: soon enough by what
     * its runs took, and without waiting for others.
     */
    boolean isFast(LoadedVersion version, long rows) {
        return !version.isRemote()
                && version.batchDelay() == 0
                && version.runTimes().p95() < inlineLimit / Math.max(1, rows);
    }

    /**
     * Runs it on this thread: at once, or together with what comes in the same turn of the event
     * loop.
     */
    void runOnLoop(Attempt attempt, @Nullable Executor loop) {
        if (loop != null && batches.isOn()) {
            batches.add(attempt, loop);
        } else {
            attempt.run();
        }
    }

    /** Returns the answer as it goes over the wire. */
    byte[] encode(Prediction prediction, Answer answer) {
        return responses.answer(prediction, answer);
    }

    void reply(
            Caller caller,
            Prediction prediction,
            Verdict verdict,
            long answeredBy,
            RouteReason reason,
            byte[] response) {
        boolean gone = verdict.outcome() == Outcome.OK && caller.isCancelled();
        ArmEvent event =
                record(
                        prediction,
                        gone ? verdict.cancelled() : verdict,
                        answeredBy,
                        reason,
                        response);
        caller.answer(response);
        traced.ended(prediction, event);
    }

    void fail(Caller caller, Prediction prediction, Verdict verdict, RuntimeException failure) {
        ArmEvent event = record(prediction, verdict, 0, prediction.reason(), NOTHING);
        caller.fail(failure);
        traced.ended(prediction, event);
    }

    /** Ends what nobody waits for any more. */
    void leave(Prediction prediction, Verdict verdict) {
        traced.ended(prediction, record(prediction, verdict, 0, prediction.reason(), NOTHING));
    }

    /**
     * Appends the one event of the request. A journal that cannot take it counts the loss; the
     * request is answered all the same.
     */
    private ArmEvent record(
            Prediction prediction,
            Verdict verdict,
            long answeredBy,
            RouteReason reason,
            byte[] response) {
        ArmEvent event = event(prediction, verdict, answeredBy, reason, response);
        journal.append(event);
        return event;
    }

    private ArmEvent event(
            Prediction prediction,
            Verdict verdict,
            long answeredBy,
            RouteReason reason,
            byte[] response) {
        return new ArmEvent(
                prediction.id(),
                micros(prediction.at()),
                prediction.epoch(),
                prediction.modelId(),
                prediction.routedVersionId(),
                answeredBy,
                prediction.arm(),
                reason,
                prediction.inEvidence(),
                prediction.unitHash(),
                verdict.outcome(),
                micros(now() - prediction.arrival()),
                micros(verdict.queueNanos()),
                micros(verdict.computeNanos()),
                prediction.clientId(),
                verdict.error(),
                kept.request(
                        prediction.modelId(),
                        prediction.wire().plan().signature(),
                        prediction.wire().bytes()),
                kept.response(prediction.modelId(), prediction.wire().plan().signature(), response),
                callers(prediction.trace()));
    }

    private static @Nullable TraceId callers(@Nullable Trace trace) {
        return trace != null && trace.isCallers() ? trace.id() : null;
    }

    private static long micros(Instant at) {
        return at.getEpochSecond() * 1_000_000 + at.getNano() / 1_000;
    }

    private static int micros(long nanos) {
        return (int) Math.min(Integer.MAX_VALUE, TimeUnit.NANOSECONDS.toMicros(nanos));
    }

    /** Returns what failed, for the event and the trace, as far as it may be kept. */
    String describe(Prediction prediction, RuntimeException failure) {
        return kept.reason(prediction.modelId(), text(failure));
    }

    /** Returns what failed, for the client. */
    static String text(RuntimeException failure) {
        return failure instanceof TidegateException known ? known.text() : failure.toString();
    }

    /** Returns what the client is told. */
    RuntimeException failure(LoadedVersion version, RuntimeException failure) {
        if (failure instanceof TidegateException known && known.code() == ErrorCode.INTERNAL) {
            return new TidegateException(
                    ErrorCode.INTERNAL,
                    "%s failed on this request: %s"
                            .formatted(version.version().label(), known.text()),
                    failure);
        }
        return failure;
    }
}
