package dev.tidegate.workbench.connection;

import dev.tidegate.workbench.failure.Outcome;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * A call that is made again and again, one at a time: while the server has not answered, asking
 * again does nothing, so that questions do not pile up at a slow one. Used on the screen's thread.
 */
public final class Question<T> {
    private final Executor screen;
    private final Supplier<CompletableFuture<Outcome<T>>> call;
    private final Consumer<Outcome<T>> handler;
    private boolean asked;

    public Question(
            Executor screen,
            Supplier<CompletableFuture<Outcome<T>>> call,
            Consumer<Outcome<T>> handler) {
        this.screen = screen;
        this.call = call;
        this.handler = handler;
    }

    public void ask() {
        if (!asked) {
            asked = true;
            Reply.to(screen, call.get(), this::settle);
        }
    }

    private void settle(Outcome<T> outcome) {
        asked = false;
        handler.accept(outcome);
    }
}
