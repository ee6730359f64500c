package dev.tidegate.workbench.rollout;

import dev.tidegate.workbench.connection.Feed;
import dev.tidegate.workbench.connection.Reply;
import dev.tidegate.workbench.failure.Outcome;
import dev.tidegate.workbench.fx.Cadence;
import dev.tidegate.workbench.fx.UiPulse;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.Executor;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.util.Subscription;

/** All rollouts, newest first, asked for every few seconds while they are on the screen. */
public final class RolloutListViewModel {
    /** Beats of the clock between two questions. */
    private static final int BEATS = 3;

    private final RolloutGateway gateway;
    private final UiPulse pulse;
    private final Executor screen;
    private final Clock clock;
    private final ReadOnlyObjectWrapper<Feed<List<Rollout>>> feed =
            new ReadOnlyObjectWrapper<>(new Feed.Waiting<>());
    private int beat;
    private boolean asking;

    public RolloutListViewModel(
            RolloutGateway gateway, UiPulse pulse, Executor screen, Clock clock) {
        this.gateway = gateway;
        this.pulse = pulse;
        this.screen = screen;
        this.clock = clock;
    }

    Subscription start() {
        ask();
        return pulse.onBeat(
                Cadence.CLOCK,
                () -> {
                    if (++beat % BEATS == 0) {
                        ask();
                    }
                });
    }

    private void ask() {
        if (!asking) {
            asking = true;
            Reply.to(screen, gateway.list(), this::show);
        }
    }

    private void show(Outcome<List<Rollout>> outcome) {
        asking = false;
        switch (outcome) {
            case Outcome.Answered<List<Rollout>> answered ->
                    feed.set(feed.get().withValue(answered.value(), clock.instant()));
            case Outcome.Failed<List<Rollout>> failed ->
                    feed.set(feed.get().withLoss(failed.failure()));
        }
    }

    ReadOnlyObjectProperty<Feed<List<Rollout>>> feedProperty() {
        return feed.getReadOnlyProperty();
    }
}
