package dev.tidegate.workbench.fx;

import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;
import javafx.util.Subscription;
import org.jspecify.annotations.Nullable;

/**
 * Holds the newest value of one stream until the pulse shows it; a value that is replaced unseen
 * counts as dropped.
 */
public final class Valve<T> implements Consumer<T>, Subscription {
    private final Consumer<T> sink;
    private final LongAdder dropped;
    private final Consumer<Valve<?>> onClose;
    private final AtomicReference<@Nullable T> newest = new AtomicReference<>();
    private volatile boolean closed;

    Valve(Consumer<T> sink, LongAdder dropped, Consumer<Valve<?>> onClose) {
        this.sink = sink;
        this.dropped = dropped;
        this.onClose = onClose;
    }

    /** Offers a value from any thread. */
    @Override
    public void accept(T value) {
        if (newest.getAndSet(value) != null) {
            dropped.increment();
        }
    }

    /** Closes the valve; a value still held is never shown. */
    @Override
    public void unsubscribe() {
        closed = true;
        newest.set(null);
        onClose.accept(this);
    }

    boolean isFilled() {
        return newest.get() != null;
    }

    void drain() {
        T value = newest.getAndSet(null);
        if (value != null && !closed) {
            sink.accept(value);
        }
    }
}
