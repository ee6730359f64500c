package dev.tidegate.server.inference;

import dev.tidegate.server.registry.RegisteredVersion;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;

/** Counts what becomes of a version's requests; any number of threads add without waiting. */
final class VersionCounters {
    private final RegisteredVersion version;
    private final AtomicLong lastInference = new AtomicLong();
    private final LongAdder inferences = new LongAdder();
    private final LongAdder executions = new LongAdder();
    private final LongAdder pending = new LongAdder();
    private final TimeCounter success = new TimeCounter();
    private final Map<FailureReason, TimeCounter> failures = new EnumMap<>(FailureReason.class);
    private final LongAdder queue = new LongAdder();
    private final LongAdder computeInput = new LongAdder();
    private final LongAdder computeInfer = new LongAdder();
    private final LongAdder computeOutput = new LongAdder();

    VersionCounters(RegisteredVersion version) {
        this.version = version;
        for (FailureReason reason : FailureReason.values()) {
            failures.put(reason, new TimeCounter());
        }
    }

    /** A request waits for a thread. */
    void queued() {
        pending.increment();
    }

    /** A request waits no more. */
    void unqueued() {
        pending.decrement();
    }

    /** The graph ran once, for however many requests. */
    void executed() {
        executions.increment();
    }

    /** Counts an answered request of so many rows that came at an instant. */
    void succeeded(RequestTimes times, long rows, Instant at) {
        success.add(times.answered() - times.begun());
        inferences.add(rows);
        computeInput.add(times.queued() - times.begun());
        queue.add(times.started() - times.queued());
        computeInfer.add(times.ended() - times.started());
        computeOutput.add(times.answered() - times.ended());
        lastInference.setOpaque(at.toEpochMilli());
    }

    /** Counts a request that failed after so many nanoseconds. */
    void failed(FailureReason reason, long nanos) {
        TimeCounter counter = failures.get(reason);
        if (counter == null) {
            throw new IllegalArgumentException("no counter for " + reason);
        }
        counter.add(nanos);
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
                success.sum(),
                failed,
                Duration.ofNanos(queue.sum()),
                Duration.ofNanos(computeInput.sum()),
                Duration.ofNanos(computeInfer.sum()),
                Duration.ofNanos(computeOutput.sum()));
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
