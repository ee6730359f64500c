package dev.tidegate.server.platform.http;

import dev.tidegate.server.platform.error.TidegateException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The bytes that bodies of all connections may keep in memory: requests until they are answered,
 * answers until they are read.
 */
final class BodyBudget {
    private static final Duration SOON = Duration.ofSeconds(1);

    private final long most;
    private final AtomicLong taken = new AtomicLong();

    BodyBudget(long most) {
        this.most = most;
    }

    /** Returns what a client is told for whose body there is no room. */
    HttpReply noRoom() {
        return FailureReply.of(
                TidegateException.exhausted(
                        "the bodies that wait have %d bytes already, which is the most that they may (tidegate.http.max-waiting-bytes); try again"
                                .formatted(most),
                        SOON),
                "");
    }

    Share open() {
        return new Share();
    }

    private boolean take(long bytes) {
        if (taken.addAndGet(bytes) <= most) {
            return true;
        }
        taken.addAndGet(-bytes);
        return false;
    }

    /** What one body takes. */
    final class Share implements AutoCloseable {
        private final AtomicLong mine = new AtomicLong();

        /** Takes so many bytes instead of all before; false when there are not as many left. */
        boolean replace(long bytes) {
            close();
            return grow(bytes);
        }

        /** Takes so many bytes more; false when there are not as many left. */
        boolean grow(long bytes) {
            if (!take(bytes)) {
                return false;
            }
            mine.addAndGet(bytes);
            return true;
        }

        /** Gives all back, however often it is called. */
        @Override
        public void close() {
            long left = mine.getAndSet(0);
            if (left > 0) {
                taken.addAndGet(-left);
            }
        }
    }
}
