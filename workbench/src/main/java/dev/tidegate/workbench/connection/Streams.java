package dev.tidegate.workbench.connection;

import dev.tidegate.workbench.failure.ServiceFailure;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Consumer;
import java.util.function.Function;
import javafx.util.Subscription;
import org.jspecify.annotations.Nullable;

/** Opens live streams and knows how all of them are. */
public final class Streams {
    private final Backoff backoff;
    private final Silence silence;
    private final ScheduledExecutorService scheduler;
    private final Clock clock;
    private final Runnable beforeAttempt;
    private final List<Watched> watched = new CopyOnWriteArrayList<>();
    private volatile @Nullable Instant newest;

    /**
     * Streams of one connection.
     *
     * @param beforeAttempt runs before each opening, to make the transport try at once
     */
    public Streams(
            Backoff backoff,
            Silence silence,
            ScheduledExecutorService scheduler,
            Clock clock,
            Runnable beforeAttempt) {
        this.backoff = backoff;
        this.silence = silence;
        this.scheduler = scheduler;
        this.clock = clock;
        this.beforeAttempt = beforeAttempt;
    }

    /** Opens the source and keeps it open until unsubscribed; events come on transport threads. */
    public <T> Subscription open(StreamSource<T> source, Consumer<StreamEvent<T>> listener) {
        Watched state = new Watched();
        StreamSource<T> eager =
                receiver -> {
                    beforeAttempt.run();
                    return source.open(receiver);
                };
        LiveStream<T> stream =
                new LiveStream<>(
                        eager,
                        backoff,
                        silence,
                        scheduler,
                        event -> {
                            note(state, event);
                            listener.accept(event);
                        });
        watched.add(state);
        stream.connect();
        return Subscription.combine(stream, () -> watched.remove(state));
    }

    /**
     * Opens the source and tells after each event what a screen can show, with the time at which
     * the value came.
     *
     * @param mapping runs once for each value, on the stream's thread
     */
    public <T, S> Subscription follow(
            StreamSource<T> source, Function<T, S> mapping, Consumer<Feed<S>> listener) {
        return open(source, new FeedKeeper<>(mapping, clock, listener));
    }

    private void note(Watched state, StreamEvent<?> event) {
        switch (event) {
            case StreamEvent.Value<?> _ -> {
                newest = clock.instant();
                state.live = true;
                state.failure = null;
            }
            case StreamEvent.Lost<?> lost -> {
                state.live = false;
                state.failure = lost.failure();
            }
        }
    }

    public StreamHealth health() {
        List<ServiceFailure> failures =
                watched.stream().map(state -> state.failure).filter(Objects::nonNull).toList();
        int live = (int) watched.stream().filter(state -> state.live).count();
        return new StreamHealth(
                watched.size(),
                live,
                Optional.ofNullable(newest),
                failures.stream()
                        .findFirst()
                        .map(failure -> failure.title() + ": " + failure.message()),
                failures.stream().anyMatch(failure -> !failure.isFinal()));
    }

    private static final class Watched {
        volatile boolean live;
        volatile @Nullable ServiceFailure failure;
    }
}
