package dev.tidegate.workbench.shell;

import dev.tidegate.workbench.connection.Feed;
import dev.tidegate.workbench.connection.Identity;
import dev.tidegate.workbench.connection.IdentityGateway;
import dev.tidegate.workbench.connection.Reply;
import dev.tidegate.workbench.connection.StreamHealth;
import dev.tidegate.workbench.connection.Streams;
import dev.tidegate.workbench.control.Figures;
import dev.tidegate.workbench.control.Times;
import dev.tidegate.workbench.failure.Outcome;
import dev.tidegate.workbench.failure.ServiceFailure;
import dev.tidegate.workbench.fleet.FleetSnapshot;
import dev.tidegate.workbench.fleet.FleetViewModel;
import dev.tidegate.workbench.fleet.ServerState;
import dev.tidegate.workbench.fx.Cadence;
import dev.tidegate.workbench.fx.UiPulse;
import dev.tidegate.workbench.theme.Tone;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.ReadOnlyLongProperty;
import javafx.beans.property.ReadOnlyLongWrapper;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.util.Subscription;

/** What the frame around the screens says: who, where, how fresh, and what waits. */
public final class ShellViewModel {
    /** The server sends every second, so older data than this has stopped. */
    private static final Duration FRESH = Duration.ofSeconds(3);

    private final IdentityGateway identities;
    private final Streams streams;
    private final FleetViewModel fleet;
    private final UiPulse pulse;
    private final Executor screen;
    private final Clock clock;

    private final ReadOnlyStringWrapper who = new ReadOnlyStringWrapper("");
    private final ReadOnlyStringWrapper roles = new ReadOnlyStringWrapper("");
    private final ReadOnlyLongWrapper waiting = new ReadOnlyLongWrapper();
    private final ReadOnlyObjectWrapper<StatusLine> status;
    private final BooleanProperty paused = new SimpleBooleanProperty();
    private boolean known;

    public ShellViewModel(
            IdentityGateway identities,
            Streams streams,
            FleetViewModel fleet,
            UiPulse pulse,
            Executor screen,
            Clock clock) {
        this.identities = identities;
        this.streams = streams;
        this.fleet = fleet;
        this.pulse = pulse;
        this.screen = screen;
        this.clock = clock;
        this.status = new ReadOnlyObjectWrapper<>(line());
        paused.subscribe(pulse::setPaused);
    }

    Subscription start() {
        askWho();
        return Subscription.combine(
                fleet.feedProperty().subscribe(this::follow),
                pulse.onBeat(Cadence.CLOCK, () -> status.set(line())));
    }

    private void follow(Feed<FleetSnapshot> feed) {
        switch (feed) {
            case Feed.Live<FleetSnapshot> live -> {
                waiting.set(live.value().waitingForMe());
                if (!known) {
                    askWho();
                }
            }
            case Feed.Stale<FleetSnapshot> _, Feed.Failed<FleetSnapshot> _ -> known = false;
            case Feed.Waiting<FleetSnapshot> _ -> waiting.set(0);
        }
        status.set(line());
    }

    /**
     * Asks once, and again after each new connection, since the server may know the key differently
     * now.
     */
    private void askWho() {
        known = true;
        Reply.to(screen, identities.whoAmI(), this::showWho);
    }

    private void showWho(Outcome<Identity> outcome) {
        switch (outcome) {
            case Outcome.Answered<Identity> answered -> {
                who.set(answered.value().name());
                roles.set(String.join(", ", answered.value().roles()));
            }
            case Outcome.Failed<Identity> failed -> {
                known = failed.failure().isFinal();
                who.set(
                        failed.failure() instanceof ServiceFailure.Unauthenticated
                                ? "no key"
                                : "unknown");
                roles.set(failed.failure().title());
            }
        }
    }

    private StatusLine line() {
        Instant now = clock.instant();
        StreamHealth health = streams.health();
        Optional<ServerState> server =
                fleet.feedProperty().get().newest().map(FleetSnapshot::server);
        return new StatusLine(
                tone(health, now),
                streamWords(health),
                health.age(now)
                        .map(age -> "Data " + Figures.duration(age) + " old")
                        .orElse("No data yet"),
                server.map(ShellViewModel::leaderWords).orElse(""),
                server.map(ServerState::problems).orElse(List.of()),
                Figures.counted(pulse.droppedValues(), "value", "values") + " skipped",
                server.map(state -> "Server " + state.version()).orElse(""),
                Times.clock(now) + " " + Times.zone(now));
    }

    private static Tone tone(StreamHealth health, Instant now) {
        if (health.isLive()) {
            return health.age(now).filter(age -> age.compareTo(FRESH) < 0).isPresent()
                    ? Tone.GOOD
                    : Tone.WATCH;
        }
        return health.problem().isEmpty()
                ? Tone.UNKNOWN
                : health.retrying() ? Tone.WATCH : Tone.BAD;
    }

    private static String streamWords(StreamHealth health) {
        if (health.isLive()) {
            return health.open() == 1 ? "1 stream live" : health.open() + " streams live";
        }
        if (health.problem().isEmpty()) {
            return "Connecting";
        }
        return health.retrying() ? "Reconnecting" : "Stopped";
    }

    private static String leaderWords(ServerState server) {
        String leader =
                server.leader()
                        .map(id -> "leader " + Figures.shortened(id, 13))
                        .orElse("no leader");
        return leader
                + " · "
                + server.liveReplicas()
                + " of "
                + server.replicas().size()
                + " replicas";
    }

    ReadOnlyStringProperty whoProperty() {
        return who.getReadOnlyProperty();
    }

    ReadOnlyStringProperty rolesProperty() {
        return roles.getReadOnlyProperty();
    }

    ReadOnlyLongProperty waitingProperty() {
        return waiting.getReadOnlyProperty();
    }

    ReadOnlyObjectProperty<StatusLine> statusProperty() {
        return status.getReadOnlyProperty();
    }

    /** Whether live values are held back so that a moment can be looked at. */
    public BooleanProperty pausedProperty() {
        return paused;
    }
}
