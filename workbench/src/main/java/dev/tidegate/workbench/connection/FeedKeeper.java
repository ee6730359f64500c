package dev.tidegate.workbench.connection;

import java.time.Clock;
import java.util.function.Consumer;
import java.util.function.Function;

/** Turns the events of one live stream into what a screen can show after each of them. */
final class FeedKeeper<T, S> implements Consumer<StreamEvent<T>> {
    private final Function<T, S> mapping;
    private final Clock clock;
    private final Consumer<Feed<S>> listener;
    private Feed<S> feed = new Feed.Waiting<>();

    FeedKeeper(Function<T, S> mapping, Clock clock, Consumer<Feed<S>> listener) {
        this.mapping = mapping;
        this.clock = clock;
        this.listener = listener;
    }

    /** Called by one thread after the other, as live streams do. */
    @Override
    public void accept(StreamEvent<T> event) {
        feed =
                switch (event) {
                    case StreamEvent.Value<T> value ->
                            feed.withValue(mapping.apply(value.value()), clock.instant());
                    case StreamEvent.Lost<T> lost -> feed.withLoss(lost.failure());
                };
        listener.accept(feed);
    }
}
