package dev.tidegate.workbench.model;

import dev.tidegate.workbench.connection.Feed;
import dev.tidegate.workbench.connection.Question;
import dev.tidegate.workbench.failure.Outcome;
import dev.tidegate.workbench.fx.Cadence;
import dev.tidegate.workbench.fx.UiPulse;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.Executor;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.util.Subscription;

/** All registered models, asked for every few seconds while they are on the screen. */
public final class ModelListViewModel {
    /** Beats of the clock between two questions. */
    private static final int BEATS = 3;

    private final UiPulse pulse;
    private final Clock clock;
    private final Question<List<RegisteredModel>> models;
    private final ReadOnlyObjectWrapper<Feed<List<RegisteredModel>>> feed =
            new ReadOnlyObjectWrapper<>(new Feed.Waiting<>());
    private int beat;

    public ModelListViewModel(ModelGateway gateway, UiPulse pulse, Executor screen, Clock clock) {
        this.pulse = pulse;
        this.clock = clock;
        models = new Question<>(screen, gateway::list, this::show);
    }

    Subscription start() {
        models.ask();
        return pulse.onBeat(
                Cadence.CLOCK,
                () -> {
                    if (++beat % BEATS == 0) {
                        models.ask();
                    }
                });
    }

    private void show(Outcome<List<RegisteredModel>> outcome) {
        switch (outcome) {
            case Outcome.Answered<List<RegisteredModel>> answered ->
                    feed.set(feed.get().withValue(answered.value(), clock.instant()));
            case Outcome.Failed<List<RegisteredModel>> failed ->
                    feed.set(feed.get().withLoss(failed.failure()));
        }
    }

    ReadOnlyObjectProperty<Feed<List<RegisteredModel>>> feedProperty() {
        return feed.getReadOnlyProperty();
    }
}
