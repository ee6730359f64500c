package dev.tidegate.server.benchmark.inference;

import java.util.concurrent.Semaphore;
import java.util.concurrent.locks.LockSupport;

/**
 * Calls at an even rate, however long the answers take. A call's time counts from when it was due,
 * so that one that had to wait for a slow server is as slow as its caller would find it.
 *
 * @param calls what is asked
 * @param rate calls a second
 */
record PacedCalls(GrpcCalls calls, double rate) {
    /** So that a server that stops does not fill the client's memory. */
    private static final int MOST_UNDER_WAY = 8_192;

    void run(double seconds) throws InterruptedException {
        Semaphore places = new Semaphore(MOST_UNDER_WAY);
        long begin = System.nanoTime();
        long count = (long) (rate * seconds);
        for (long i = 0; i < count && !calls.isHopeless(); i++) {
            long due = begin + (long) (i * 1e9 / rate);
            await(due);
            places.acquire();
            calls.ask(due, places::release);
        }
        places.acquire(MOST_UNDER_WAY);
    }

    private static void await(long due) {
        long left = due - System.nanoTime();
        while (left > 0) {
            LockSupport.parkNanos(left);
            left = due - System.nanoTime();
        }
    }
}
