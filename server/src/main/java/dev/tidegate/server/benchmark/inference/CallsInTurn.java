package dev.tidegate.server.benchmark.inference;

import java.util.concurrent.CountDownLatch;
import java.util.function.BooleanSupplier;

/**
 * Keeps a number of calls under way: the next one begins as soon as one has ended.
 *
 * @param calls what is asked
 * @param concurrency how many at a time
 */
record CallsInTurn(GrpcCalls calls, int concurrency) {

    void run(double seconds) throws InterruptedException {
        long end = System.nanoTime() + (long) (seconds * 1e9);
        run(() -> System.nanoTime() - end >= 0);
    }

    /** Goes on until it is over, and returns when the last call has ended. */
    void run(BooleanSupplier isOver) throws InterruptedException {
        CountDownLatch done = new CountDownLatch(concurrency);
        for (int i = 0; i < concurrency; i++) {
            ask(isOver, done);
        }
        done.await();
    }

    private void ask(BooleanSupplier isOver, CountDownLatch done) {
        if (isOver.getAsBoolean() || calls.isHopeless()) {
            done.countDown();
        } else {
            calls.ask(System.nanoTime(), () -> ask(isOver, done));
        }
    }
}
