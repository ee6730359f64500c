package dev.tidegate.workbench.rollout;

import dev.tidegate.workbench.connection.Reply;
import dev.tidegate.workbench.failure.Outcome;
import dev.tidegate.workbench.failure.ServiceFailure;
import dev.tidegate.workbench.rollout.RolloutActions.Command;
import java.util.EnumSet;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.Supplier;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import org.jspecify.annotations.Nullable;

/**
 * Sends one command of a person at a time, and keeps why the last one was refused. Rolling back
 * waits for no other command: it must be possible while the server is slow with one.
 */
final class CommandSender {
    private final Executor screen;
    private final Runnable onChange;
    private final ReadOnlyObjectWrapper<@Nullable ServiceFailure> refusal =
            new ReadOnlyObjectWrapper<>();
    private final Set<Command> pending = EnumSet.noneOf(Command.class);

    /**
     * @param onChange runs whenever {@link #pending} changed
     */
    CommandSender(Executor screen, Runnable onChange) {
        this.screen = screen;
        this.onChange = onChange;
    }

    /** Makes the call if {@link #canSend}; its answer goes to {@code done}. */
    void send(
            Command command,
            Supplier<CompletableFuture<Outcome<Rollout>>> call,
            Consumer<Rollout> done) {
        if (!canSend(command)) {
            return;
        }
        pending.add(command);
        refusal.set(null);
        onChange.run();
        Reply.to(screen, call.get(), outcome -> settle(command, outcome, done));
    }

    private void settle(Command command, Outcome<Rollout> outcome, Consumer<Rollout> done) {
        pending.remove(command);
        switch (outcome) {
            case Outcome.Answered<Rollout> answered -> done.accept(answered.value());
            case Outcome.Failed<Rollout> failed -> refusal.set(failed.failure());
        }
        onChange.run();
    }

    /** Whether no command that is under way stands in the way of this one. */
    boolean canSend(Command command) {
        return command == Command.ROLL_BACK ? !pending.contains(command) : pending.isEmpty();
    }

    /** The commands that the server has not answered yet. */
    Set<Command> pending() {
        return Set.copyOf(pending);
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
