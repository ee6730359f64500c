package dev.tidegate.workbench.model;

import dev.tidegate.workbench.connection.Feed;
import dev.tidegate.workbench.connection.Question;
import dev.tidegate.workbench.connection.Reply;
import dev.tidegate.workbench.failure.Outcome;
import dev.tidegate.workbench.failure.ServiceFailure;
import java.time.Clock;
import java.util.UUID;
import java.util.concurrent.Executor;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import org.jspecify.annotations.Nullable;

/** What stands in for a model's champion, and the change of it. */
final class LadderViewModel {
    /** How far a change is. */
    enum Change {
        NONE,
        SENT,
        DONE
    }

    private final String name;
    private final ModelGateway gateway;
    private final Executor screen;
    private final Clock clock;
    private final Question<Ladder> question;
    private final ReadOnlyObjectWrapper<Feed<Ladder>> feed =
            new ReadOnlyObjectWrapper<>(new Feed.Waiting<>());
    private final ReadOnlyObjectWrapper<@Nullable ServiceFailure> refusal =
            new ReadOnlyObjectWrapper<>();
    private final ReadOnlyObjectWrapper<Change> change = new ReadOnlyObjectWrapper<>(Change.NONE);

    LadderViewModel(String name, ModelGateway gateway, Executor screen, Clock clock) {
        this.name = name;
        this.gateway = gateway;
        this.screen = screen;
        this.clock = clock;
        question = new Question<>(screen, () -> gateway.ladder(name), this::show);
    }

    String model() {
        return name;
    }

    void ask() {
        question.ask();
    }

    private void show(Outcome<Ladder> outcome) {
        switch (outcome) {
            case Outcome.Answered<Ladder> answered ->
                    feed.set(feed.get().withValue(answered.value(), clock.instant()));
            case Outcome.Failed<Ladder> failed -> feed.set(feed.get().withLoss(failed.failure()));
        }
    }

    /** Forgets how the last change went. */
    void begin() {
        change.set(Change.NONE);
        refusal.set(null);
    }

    void set(LadderDraft draft) {
        if (change.get() == Change.SENT) {
            return;
        }
        refusal.set(null);
        change.set(Change.SENT);
        Reply.to(
                screen, gateway.setLadder(name, draft, UUID.randomUUID().toString()), this::settle);
    }

    private void settle(Outcome<Ladder> outcome) {
        switch (outcome) {
            case Outcome.Answered<Ladder> _ -> {
                show(outcome);
                change.set(Change.DONE);
            }
            case Outcome.Failed<Ladder> failed -> {
                refusal.set(failed.failure());
                change.set(Change.NONE);
                ask();
            }
        }
    }

    ReadOnlyObjectProperty<Feed<Ladder>> feedProperty() {
        return feed.getReadOnlyProperty();
    }

    /** Why the server did not make the last change; null when it did. */
    ReadOnlyObjectProperty<@Nullable ServiceFailure> refusalProperty() {
        return refusal.getReadOnlyProperty();
    }

    ReadOnlyObjectProperty<Change> changeProperty() {
        return change.getReadOnlyProperty();
    }
}
