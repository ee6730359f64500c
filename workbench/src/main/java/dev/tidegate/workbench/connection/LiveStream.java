package dev.tidegate.workbench.connection;

import dev.tidegate.workbench.failure.ServiceFailure;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import javafx.util.Subscription;
import org.jspecify.annotations.Nullable;

/**
 * A server stream that comes back by itself.
 *
 * <p>Any end of the stream is a failure, and so is its silence: after it the stream is opened again
 * with a growing wait, unless the failure is final (no key, no right, call unknown). A value resets
 * the wait. Events come from the threads of the transport and the clock, one after the other and
 * under the lock, so that no value from before a loss comes after it.
 */
final class LiveStream<T> implements Subscription {
    private final StreamSource<T> source;
    private final Backoff backoff;
    private final Silence silence;
    private final ScheduledExecutorService clock;
    private final Consumer<StreamEvent<T>> listener;
    private final Object lock = new Object();

    /** Guarded by lock. Counts attempts, so that a late event of a former one is ignored. */
    private int attempt;

    /** Guarded by lock. */
    private int failures;

    /** Guarded by lock. */
    private boolean closed;

    /** Guarded by lock. */
    private @Nullable Subscription open;

    /** Guarded by lock. */
    private @Nullable Future<?> retry;

    /** Gives the attempt up unless a value comes first. Guarded by lock. */
    private @Nullable Future<?> watchdog;

    LiveStream(
            StreamSource<T> source,
            Backoff backoff,
            Silence silence,
            ScheduledExecutorService clock,
            Consumer<StreamEvent<T>> listener) {
        this.source = source;
        this.backoff = backoff;
        this.silence = silence;
        this.clock = clock;
        this.listener = listener;
    }

    void connect() {
        AttemptReceiver receiver;
        synchronized (lock) {
            if (closed) {
                return;
            }
            receiver = new AttemptReceiver(++attempt);
            receiver.watch(false);
        }
        Subscription subscription = source.open(receiver);
        synchronized (lock) {
            if (receiver.isCurrent()) {
                open = subscription;
                return;
            }
        }
        subscription.unsubscribe();
    }

    @Override
    public void unsubscribe() {
        Subscription toClose;
        synchronized (lock) {
            closed = true;
            toClose = forgetOpen();
            if (retry != null) {
                retry.cancel(false);
            }
        }
        toClose.unsubscribe();
    }

    /** Returns what is open, for the caller to close. Called with the lock. */
    private Subscription forgetOpen() {
        if (watchdog != null) {
            watchdog.cancel(false);
        }
        Subscription was = open == null ? Subscription.EMPTY : open;
        open = null;
        return was;
    }

    private final class AttemptReceiver implements StreamSource.Receiver<T> {
        private final int mine;

        AttemptReceiver(int mine) {
            this.mine = mine;
        }

        /** Called with the lock. */
        boolean isCurrent() {
            return !closed && mine == attempt;
        }

        /** Called with the lock. */
        void watch(boolean hasSpoken) {
            if (watchdog != null) {
                watchdog.cancel(false);
            }
            Duration limit = silence.limit(hasSpoken);
            watchdog =
                    clock.schedule(() -> onSilence(limit), limit.toMillis(), TimeUnit.MILLISECONDS);
        }

        @Override
        public void onValue(T value) {
            synchronized (lock) {
                if (isCurrent()) {
                    failures = 0;
                    watch(true);
                    listener.accept(new StreamEvent.Value<>(value));
                }
            }
        }

        private void onSilence(Duration limit) {
            onEnd(
                    new ServiceFailure.Unavailable(
                            "The server has said nothing for " + limit.toSeconds() + " s"));
        }

        @Override
        public void onEnd(ServiceFailure failure) {
            Subscription toClose;
            synchronized (lock) {
                if (!isCurrent()) {
                    return;
                }
                attempt++;
                failures++;
                toClose = forgetOpen();
                Optional<Duration> wait =
                        failure.isFinal() ? Optional.empty() : Optional.of(backoff.after(failures));
                listener.accept(new StreamEvent.Lost<>(failure, wait));
                wait.ifPresent(this::connectAfter);
            }
            toClose.unsubscribe();
        }

        /** Called with the lock. */
        private void connectAfter(Duration wait) {
            if (!closed) {
                retry =
                        clock.schedule(
                                LiveStream.this::connect, wait.toMillis(), TimeUnit.MILLISECONDS);
            }
        }
    }
}
