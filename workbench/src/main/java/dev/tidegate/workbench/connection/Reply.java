package dev.tidegate.workbench.connection;

import dev.tidegate.workbench.failure.Outcome;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Consumer;

/** Brings the outcome of a call to the screen's thread. */
public final class Reply {
    private Reply() {}

    /**
     * Hands the outcome over as a task of its own, so that what goes wrong in it is not lost in the
     * future.
     */
    public static <T> void to(
            Executor screen, CompletableFuture<Outcome<T>> call, Consumer<Outcome<T>> handler) {
        var unused = call.thenAccept(outcome -> screen.execute(() -> handler.accept(outcome)));
    }
}
