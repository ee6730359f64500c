package dev.tidegate.server.demo;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import java.util.random.RandomGenerator;

/** Sends rows at an even pace under units drawn uniformly, until it is told to stop. */
final class TrafficGenerator implements Runnable {
    /** Above this the server is not keeping up, and more requests would only queue. */
    private static final int MOST_OPEN = 256;

    private final GrpcTrafficGateway gateway;
    private final TallyKeeper tally;
    private final Duration pace;
    private final int units;
    private final RandomGenerator random;
    private final AtomicBoolean stopped = new AtomicBoolean();

    TrafficGenerator(
            GrpcTrafficGateway gateway,
            TallyKeeper tally,
            Duration pace,
            int units,
            RandomGenerator random) {
        this.gateway = gateway;
        this.tally = tally;
        this.pace = pace;
        this.units = units;
        this.random = random;
    }

    @Override
    public void run() {
        long next = System.nanoTime();
        while (!stopped.get()) {
            long early = next - System.nanoTime();
            if (early > 0) {
                LockSupport.parkNanos(early);
                continue;
            }
            if (tally.open() < MOST_OPEN) {
                gateway.send(random.nextInt(gateway.rows()), "u" + random.nextInt(units));
            }
            next = Math.max(next + pace.toNanos(), System.nanoTime() - pace.toNanos() * MOST_OPEN);
        }
    }

    void stop() {
        stopped.set(true);
    }
}
