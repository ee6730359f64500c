package dev.tidegate.workbench.rollout;

import dev.tidegate.workbench.connection.Reply;
import dev.tidegate.workbench.failure.Outcome;
import dev.tidegate.workbench.failure.ServiceFailure;
import dev.tidegate.workbench.rollout.RolloutActions.Command;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.Supplier;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import org.jspecify.annotations.Nullable;

/** Sends one command of a person at a time, and keeps why the last one was refused. */
final class CommandSender {
    private final Executor screen;
    private final Runnable onChange;
    private final ReadOnlyObjectWrapper<@Nullable ServiceFailure> refusal =
            new ReadOnlyObjectWrapper<>();
    private @Nullable Command busy;

    /**
     * @param onChange runs whenever {@link #busy} changed
     */
    CommandSender(Executor screen, Runnable onChange) {
        this.screen = screen;
        this.onChange = onChange;
    }

    /** Makes the call, unless another one is under way; its answer goes to {@code done}. */
    void send(
            Command command,
            Supplier<CompletableFuture<Outcome<Rollout>>> call,
            Consumer<Rollout> done) {
        if (busy != null) {
            return;
        }
        busy = command;
        refusal.set(null);
        onChange.run();
        Reply.to(screen, call.get(), outcome -> settle(outcome, done));
    }

    private void settle(Outcome<Rollout> outcome, Consumer<Rollout> done) {
        busy = null;
        switch (outcome) {
            case Outcome.Answered<Rollout> answered -> done.accept(answered.value());
            case Outcome.Failed<Rollout> failed -> refusal.set(failed.failure());
        }
        onChange.run();
    }

    /** The command that the server has not answered yet. */
    @Nullable Command busy() {
        return busy;
    }

    void refuse(ServiceFailure failure) {
        refusal.set(failure);
    }

    void forgetRefusal() {
        refusal.set(null);
    }

    /** Why the server did not do the last command; null when it did. */
    ReadOnlyObjectProperty<@Nullable ServiceFailure> refusalProperty() {
        return refusal.getReadOnlyProperty();
    }
}
