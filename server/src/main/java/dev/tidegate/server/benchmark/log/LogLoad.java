package dev.tidegate.server.benchmark.log;

import dev.tidegate.server.journal.ArmEvent;
import dev.tidegate.server.journal.Journal;
import dev.tidegate.server.journal.Outcome;
import dev.tidegate.server.journal.PredictionIds;
import dev.tidegate.server.platform.time.MonotonicClock;
import dev.tidegate.server.routing.RouteReason;
import dev.tidegate.server.stats.Arm;
import java.nio.ByteBuffer;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.locks.LockSupport;
import org.HdrHistogram.Histogram;

/** Appends events at an even pace, as one thread of a serving process would. */
final class LogLoad implements Callable<Histogram> {
    /** Longest append told apart, in nanoseconds. */
    private static final long LONGEST = 10_000_000_000L;

    private final Journal journal;
    private final PredictionIds ids;
    private final MonotonicClock clock;
    private final SplittableRandom random = new SplittableRandom(1);
    private final byte[] request;
    private final byte[] response;
    private final long intervalNanos;
    private final long durationNanos;

    LogLoad(Journal journal, PredictionIds ids, MonotonicClock clock, LogBenchmarkOptions options) {
        this.journal = journal;
        this.ids = ids;
        this.clock = clock;
        request = new byte[options.requestBytes()];
        response = new byte[options.responseBytes()];
        intervalNanos = 60_000_000_000L * options.threads() / options.perMinute();
        durationNanos = options.duration().toNanos();
    }

    /** Returns how long each append took, in nanoseconds. */
    @Override
    public Histogram call() {
        Histogram nanos = new Histogram(LONGEST, 3);
        long begin = clock.nanos();
        for (long due = 0; due < durationNanos; due += intervalNanos) {
            await(begin + due);
            ArmEvent event = event(ids.next());
            long before = clock.nanos();
            journal.append(event);
            nanos.recordValue(Math.min(LONGEST, clock.nanos() - before));
        }
        return nanos;
    }

    private void await(long until) {
        long early = until - clock.nanos();
        while (early > 0) {
            LockSupport.parkNanos(early);
            early = until - clock.nanos();
        }
    }

    private ArmEvent event(UUID id) {
        return new ArmEvent(
                id,
                PredictionIds.millisOf(id) * 1_000,
                1,
                1,
                1,
                1,
                Arm.CHAMPION,
                RouteReason.CHAMPION,
                false,
                id.getLeastSignificantBits(),
                Outcome.OK,
                (int) (id.getLeastSignificantBits() & 0x3FFF),
                0,
                0,
                "",
                "",
                drawn(request),
                drawn(response));
    }

    /**
     * Returns the message with drawn bytes in its last quarter, as values lie in a constant frame.
     */
    private byte[] drawn(byte[] message) {
        byte[] drawn = message.clone();
        ByteBuffer values = ByteBuffer.wrap(drawn).position(message.length - message.length / 4);
        while (values.remaining() >= Long.BYTES) {
            values.putLong(random.nextLong());
        }
        return drawn;
    }
}
