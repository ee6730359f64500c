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
 * <p>Any end of the stream is a failure: after it the stream is opened again with a growing wait,
 * unless the failure is final (no key, no right, call unknown). A value resets the wait. Events
 * come from the threads of the transport and the clock, one after the other.
 */
final class LiveStream<T> implements Subscription {
    private final StreamSource<T> source;
    private final Backoff backoff;
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

    LiveStream(
            StreamSource<T> source,
            Backoff backoff,
            ScheduledExecutorService clock,
            Consumer<StreamEvent<T>> listener) {
        this.source = source;
        this.backoff = backoff;
        this.clock = clock;
        this.listener = listener;
    }

    void connect() {
        int mine;
        synchronized (lock) {
            if (closed) {
                return;
            }
            mine = ++attempt;
        }
        Subscription subscription = source.open(new AttemptReceiver(mine));
        synchronized (lock) {
            if (closed) {
                subscription.unsubscribe();
            } else if (mine == attempt) {
                open = subscription;
            }
        }
    }

    @Override
    public void unsubscribe() {
        Subscription toClose;
        synchronized (lock) {
            closed = true;
            toClose = open;
            open = null;
            if (retry != null) {
                retry.cancel(false);
            }
        }
        if (toClose != null) {
            toClose.unsubscribe();
        }
    }

    private final class AttemptReceiver implements StreamSource.Receiver<T> {
        private final int mine;

        AttemptReceiver(int mine) {
            this.mine = mine;
        }

        @Override
        public void onValue(T value) {
            synchronized (lock) {
                if (closed || mine != attempt) {
                    return;
                }
                failures = 0;
            }
            listener.accept(new StreamEvent.Value<>(value));
        }

        @Override
        public void onEnd(ServiceFailure failure) {
            Optional<Duration> wait;
            synchronized (lock) {
                if (closed || mine != attempt) {
                    return;
                }
                attempt++;
                failures++;
                open = null;
                wait = failure.isFinal() ? Optional.empty() : Optional.of(backoff.after(failures));
            }
            listener.accept(new StreamEvent.Lost<>(failure, wait));
            wait.ifPresent(this::connectAfter);
        }

        private void connectAfter(Duration wait) {
            synchronized (lock) {
                if (!closed) {
                    retry =
                            clock.schedule(
                                    LiveStream.this::connect,
                                    wait.toMillis(),
                                    TimeUnit.MILLISECONDS);
                }
            }
        }
    }
}
