package dev.tidegate.server.inference;

import dev.tidegate.server.platform.metric.TimeHistogram;
import dev.tidegate.server.registry.RegisteredVersion;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;

/** Counts what becomes of a version's requests; any number of threads add without waiting. */
final class VersionCounters {
    private final RegisteredVersion version;
    private final boolean ofRequests;
    private final AtomicLong lastInference = new AtomicLong();
    private final LongAdder inferences = new LongAdder();
    private final LongAdder executions = new LongAdder();
    private final LongAdder coreNanos = new LongAdder();
    private final LongAdder pending = new LongAdder();
    private final Map<FailureReason, TimeCounter> failures = new EnumMap<>(FailureReason.class);
    private final VersionTimes times;

    /** Sessions that count here; changed only under the lock of the map that lists this. */
    private int sessions;

    /**
     * @param ofRequests whether requests are counted and timed, beside rows and runs
     */
    VersionCounters(RegisteredVersion version, boolean ofRequests) {
        this.version = version;
        this.ofRequests = ofRequests;
        times =
                new VersionTimes(
                        version.model(),
                        version.version(),
                        new TimeHistogram(),
                        new TimeHistogram(),
                        new TimeHistogram(),
                        new TimeHistogram(),
                        new TimeHistogram(),
                        new TimeHistogram());
        for (FailureReason reason : FailureReason.values()) {
            failures.put(reason, new TimeCounter());
        }
    }

    long versionId() {
        return version.id();
    }

    /** One more session counts here. */
    void join() {
        sessions++;
    }

    /** One session counts here no more; returns whether it was the last. */
    boolean isLeftByLast() {
        sessions--;
        return sessions == 0;
    }

    /** A request waits for a thread. */
    void queued() {
        if (ofRequests) {
            pending.increment();
        }
    }

    /** A request waits no more. */
    void unqueued() {
        if (ofRequests) {
            pending.decrement();
        }
    }

    /** The graph ran once, for however many requests. */
    void executed() {
        executions.increment();
    }

    /** Adds the time of a run times its threads, whatever came of it. */
    void worked(long nanos) {
        coreNanos.add(nanos);
    }

    /** Counts an answered request of so many rows that came at an instant. */
    void succeeded(RequestTimes moments, long rows, UUID predictionId, Instant at) {
        inferences.add(rows);
        if (ofRequests) {
            time(moments, predictionId, at);
        }
    }

    private void time(RequestTimes moments, UUID predictionId, Instant at) {
        times.request().add(moments.answered() - moments.begun(), predictionId, at);
        times.read().add(moments.queued() - moments.begun());
        times.queue().add(moments.queue());
        times.batchWait().add(moments.batchWait());
        times.compute().add(moments.ended() - moments.started());
        times.serialize().add(moments.answered() - moments.answering());
        lastInference.setOpaque(at.toEpochMilli());
    }

    /** Counts a request that failed after so many nanoseconds. */
    void failed(FailureReason reason, long nanos) {
        TimeCounter counter = failures.get(reason);
        if (counter == null) {
            throw new IllegalArgumentException("no counter for " + reason);
        }
        if (ofRequests) {
            counter.add(nanos);
        }
    }

    VersionCounts snapshot() {
        long last = lastInference.getOpaque();
        Map<FailureReason, CountedTime> failed = new EnumMap<>(FailureReason.class);
        failures.forEach((reason, counter) -> failed.put(reason, counter.sum()));
        return new VersionCounts(
                version.model(),
                version.version(),
                last == 0 ? Optional.empty() : Optional.of(Instant.ofEpochMilli(last)),
                inferences.sum(),
                executions.sum(),
                Math.max(0, pending.sum()),
                new CountedTime(times.request().count(), times.request().total()),
                failed,
                times.queue().total(),
                times.read().total(),
                times.compute().total(),
                times.serialize().total(),
                Duration.ofNanos(coreNanos.sum()));
    }

    VersionTimes times() {
        return times;
    }

    /** How often, and how long together. */
    private static final class TimeCounter {
        private final LongAdder count = new LongAdder();
        private final LongAdder nanos = new LongAdder();

        void add(long taken) {
            count.increment();
            nanos.add(Math.max(0, taken));
        }

        CountedTime sum() {
            return new CountedTime(count.sum(), Duration.ofNanos(nanos.sum()));
        }
    }
}
