package dev.tidegate.server.inference;

import dev.tidegate.server.platform.time.MonotonicClock;
import dev.tidegate.server.registry.RegisteredVersion;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * A version in memory.
 *
 * <p>Its holders are counted: the table that lists it is one, each request that runs it is another.
 * Whoever leaves last closes the session, so that none is closed under a run.
 */
final class LoadedVersion {
    private final RegisteredVersion version;
    private final SignaturePlan plan;
    private final RawResponseProtoMapper rawResponses;
    private final VersionSession session;
    private final MemoryShare memory;
    private final MonotonicClock clock;
    private final InferenceCounters allCounters;
    private final SessionCloser closer;
    private final VersionCounters counters;
    private final RunTimes runTimes = new RunTimes();
    private final AtomicInteger holders = new AtomicInteger(1);
    private final AtomicInteger jobs = new AtomicInteger();
    private final AtomicLong usedAt;
    private final long batchDelay;
    private final Set<LoadReason> wants = ConcurrentHashMap.newKeySet();
    private volatile boolean batchable;

    LoadedVersion(
            RegisteredVersion version,
            VersionSession session,
            MemoryShare memory,
            MonotonicClock clock,
            InferenceCounters counters,
            SessionCloser closer) {
        this.version = version;
        this.plan = new SignaturePlan(version.signature());
        this.rawResponses = new RawResponseProtoMapper(version);
        this.session = session;
        this.memory = memory;
        this.clock = clock;
        this.allCounters = counters;
        this.closer = closer;
        this.counters = counters.join(version);
        this.usedAt = new AtomicLong(clock.nanos());
        this.batchDelay = version.settings().maxBatchDelay().map(Duration::toNanos).orElse(0L);
    }

    RegisteredVersion version() {
        return version;
    }

    long id() {
        return version.id();
    }

    SignaturePlan plan() {
        return plan;
    }

    RawResponseProtoMapper rawResponses() {
        return rawResponses;
    }

    /** Returns how long the newest runs took for each of their rows. */
    RunTimes runTimes() {
        return runTimes;
    }

    VersionCounters counters() {
        return counters;
    }

    /** Returns whether it could be held; false when it is closed or about to be. */
    boolean hold() {
        int seen = holders.get();
        while (seen > 0) {
            int witness = holders.compareAndExchange(seen, seen + 1);
            if (witness == seen) {
                return true;
            }
            seen = witness;
        }
        return false;
    }

    void release() {
        if (holders.decrementAndGet() == 0) {
            allCounters.leave(counters);
            closer.close(this::close);
        }
    }

    private void close() {
        try {
            session.close();
        } finally {
            memory.close();
        }
    }

    /** Somebody wants it in memory. */
    void wantedFor(LoadReason reason) {
        if (!wants.contains(reason)) {
            wants.add(reason);
        }
    }

    /** Returns why it is in memory. */
    Set<LoadReason> wants() {
        return Set.copyOf(wants);
    }

    /** A batch job runs it from now on, and it stays in memory. */
    void beginJob() {
        jobs.incrementAndGet();
    }

    void endJob() {
        jobs.decrementAndGet();
    }

    boolean isRunByJob() {
        return jobs.get() > 0;
    }

    /** No new request gets it; its memory comes back when those that it has are done. */
    void leave() {
        memory.leave();
        release();
    }

    /** Returns what it is taken to need outside of the heap. */
    long bytes() {
        return memory.bytes();
    }

    /** Returns when it was run last, or loaded; nanoseconds of the monotonic clock. */
    long usedAt() {
        return usedAt.getOpaque();
    }

    /** Returns whether nobody but batch jobs has wanted it. */
    boolean isWantedByJobsOnly() {
        return wants.stream().allMatch(reason -> reason == LoadReason.JOB);
    }

    /** Returns whether a run waits for another server, which no transport's thread may do. */
    boolean isRemote() {
        return session.isRemote();
    }

    /** Returns whether a request may be answered now, as far as is known without asking. */
    boolean isReady() {
        return session.isReady();
    }

    /** Returns how long a request may wait for others that could run with it, in nanoseconds. */
    long batchDelay() {
        return batchDelay;
    }

    /** Refuses a version that could not answer now. */
    void requireReady() {
        session.requireReady();
    }

    /** Returns whether requests may run together. */
    boolean isBatchable() {
        return batchable;
    }

    /** Tells whether each row's answer is known to be the same whichever rows run beside it. */
    void batchable(boolean proven) {
        batchable = proven;
    }

    /** Counts the time of a run, whatever came of it. */
    void worked(long nanos) {
        counters.worked(nanos * session.threads());
    }

    private long use() {
        long now = clock.nanos();
        usedAt.setOpaque(now);
        return now;
    }

    /** Runs several requests as one for their holders; see {@link VersionSession#runTogether}. */
    Tensor[][] runTogether(Tensor[][] requests, int[] wanted, @Nullable Interruption interruption) {
        long start = use();
        Tensor[][] outputs = session.runTogether(requests, wanted, interruption);
        long rows = 0;
        for (Tensor[] request : requests) {
            rows += plan().rows(request);
        }
        runTimes.add(perRow(clock.nanos() - start, rows));
        return outputs;
    }

    /** Runs it for a holder; see {@link VersionSession#run}. */
    Tensor[] run(Tensor[] inputs, int[] wanted, @Nullable Interruption interruption) {
        long start = use();
        Tensor[] outputs = session.run(inputs, wanted, interruption);
        runTimes.add(perRow(clock.nanos() - start, plan().rows(inputs)));
        return outputs;
    }

    private static long perRow(long nanos, long rows) {
        return nanos / Math.max(1, rows);
    }

    /**
     * Runs rows of a batch job for a holder. How long that took says nothing about a request of a
     * client, so that it is not added to the run times.
     */
    Tensor[][] runApart(Tensor[][] rows, int[] wanted, @Nullable Interruption interruption) {
        if (!session.isRemote()) {
            return session.runTogether(rows, wanted, interruption);
        }
        Tensor[][] outputs = new Tensor[rows.length][];
        for (int i = 0; i < rows.length; i++) {
            outputs[i] = session.run(rows[i], wanted, interruption);
        }
        return outputs;
    }
}
