package dev.tidegate.workbench.fleet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tidegate.workbench.ScriptedFleet;
import dev.tidegate.workbench.ScriptedServer;
import dev.tidegate.workbench.TestClient;
import dev.tidegate.workbench.connection.Feed;
import dev.tidegate.workbench.connection.Streams;
import dev.tidegate.workbench.failure.Outcome;
import dev.tidegate.workbench.failure.ServiceFailure;
import dev.tidegate.workbench.fx.UiPulse;
import dev.tidegate.workbench.theme.ArmColours;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import javafx.util.Subscription;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class FleetViewModelTest {
    private final ScriptedFleet fleet = new ScriptedFleet(120);
    private ScriptedServer server;
    private TestClient client;
    private Streams streams;
    private FleetViewModel model;
    private Subscription watching = Subscription.EMPTY;

    @BeforeEach
    void connect() {
        server = new ScriptedServer(0, List.of(fleet.bindService()));
        client = new TestClient(server.port());
        streams = client.streams();
        model =
                client.onScreen(
                        () -> {
                            FleetViewModel watched =
                                    new FleetViewModel(
                                            new GrpcFleetGateway(client.connection().channel()),
                                            () ->
                                                    CompletableFuture.completedFuture(
                                                            new Outcome.Answered<>(List.of())),
                                            streams,
                                            client.pulse(),
                                            client.screen(),
                                            new ArmColours());
                            watching = watched.start();
                            return watched;
                        });
    }

    @AfterEach
    void close() {
        client.onScreen(
                () -> {
                    watching.unsubscribe();
                    return watching;
                });
        client.close();
        server.close();
    }

    private <T> T see(Function<FleetViewModel, T> property) {
        return client.onScreen(() -> property.apply(model));
    }

    private void waitForTheFleet() {
        await().until(() -> see(watched -> watched.feedProperty().get()) instanceof Feed.Live);
    }

    @Test
    void saysInWordsWhatWaits() {
        waitForTheFleet();

        FleetSnapshot snapshot =
                see(watched -> watched.feedProperty().get()).newest().orElseThrow();
        assertThat(FleetSentence.of(snapshot).words())
                .isEqualTo("1 model live, 1 rollout open, 1 waits for you.");
    }

    @Test
    void showsARowForEachModelWithItsVersions() {
        waitForTheFleet();

        ModelRow row = see(watched -> watched.rows().getFirst());
        assertThat(row.name()).isEqualTo("churn");
        assertThat(row.rate()).isEqualTo("300");
        assertThat(row.p95()).isEqualTo("3.41");
        assertThat(row.basis()).isEqualTo("18,012 requests in the newest 60 s, 12 failed");
        assertThat(row.weights()).extracting(piece -> piece.version()).containsExactly("v1", "v2");
    }

    @Test
    void drawsTheHistoryThatTheFirstMessageBrought() {
        waitForTheFleet();

        FleetCharts charts = Objects.requireNonNull(see(watched -> watched.chartsProperty().get()));
        assertThat(charts.rate().lines()).hasSize(2);
        assertThat(charts.rate().lines().getFirst().samples().size()).isEqualTo(120);
    }

    @Test
    void losesNoSecondThoughTheScreenSkipsFrames() {
        waitForTheFleet();

        for (int second = 120; second < 170; second++) {
            fleet.sendSecond(second);
        }

        await().until(
                        () ->
                                Objects.requireNonNull(
                                                        see(
                                                                watched ->
                                                                        watched.chartsProperty()
                                                                                .get()))
                                                .rate()
                                                .lines()
                                                .getFirst()
                                                .samples()
                                                .size()
                                        == 170);
    }

    @Test
    void keepsTheLastStateWhileTheServerIsGoneAndComesBackByItself() {
        waitForTheFleet();
        int port = server.port();

        server.close();
        await().until(() -> see(watched -> watched.feedProperty().get()) instanceof Feed.Stale);
        int rows = see(watched -> watched.rows().size());
        assertThat(rows).isEqualTo(1);

        server = new ScriptedServer(port, List.of(fleet.bindService()));
        await().until(() -> see(watched -> watched.feedProperty().get()) instanceof Feed.Live);
    }

    private Feed<FleetSnapshot> feed() {
        return see(watched -> watched.feedProperty().get());
    }

    @Test
    void staysStaleThoughAValueFromBeforeTheBreakWasNotShownYet() {
        waitForTheFleet();
        client.pulse().setHidden(true);
        Optional<Instant> newest = streams.health().newest();
        fleet.sendSecond(120);
        await().until(() -> !streams.health().newest().equals(newest));
        server.close();
        await().until(() -> !streams.health().isLive());

        List<Feed<FleetSnapshot>> shown = new CopyOnWriteArrayList<>();
        Subscription seeing =
                see(
                        watched ->
                                watched.feedProperty()
                                        .subscribe(
                                                next -> {
                                                    shown.add(next);
                                                }));
        shown.clear();

        client.pulse().setHidden(false);

        Instant newestNow = ScriptedFleet.START.plusSeconds(121);
        await().until(
                        () ->
                                feed().newest().orElseThrow().server().now().equals(newestNow)
                                        && feed() instanceof Feed.Stale);
        assertThat(shown).noneMatch(Feed.Live.class::isInstance);
        seeing.unsubscribe();
    }

    @Test
    void doesNotStayUnreachableWhilePausedAcrossARestart() {
        waitForTheFleet();
        int port = server.port();
        client.pulse().setPaused(true);

        server.close();
        await().until(() -> !streams.health().isLive());
        server = new ScriptedServer(port, List.of(fleet.bindService()));
        await().until(() -> streams.health().isLive());

        assertThat(feed()).isInstanceOf(Feed.Live.class);
        client.pulse().setPaused(false);
        await().until(() -> feed() instanceof Feed.Live);
    }

    @Test
    void greysFiguresThatTheServerOnlyRepeats() {
        waitForTheFleet();
        Feed.Live<FleetSnapshot> before = (Feed.Live<FleetSnapshot>) feed();

        fleet.sendWithoutDatabase(130);

        await().until(() -> feed() instanceof Feed.Stale);
        assertThat(feed())
                .isInstanceOfSatisfying(
                        Feed.Stale.class,
                        stale -> {
                            assertThat(stale.at()).isEqualTo(before.at());
                            assertThat(stale.failure())
                                    .isEqualTo(
                                            new ServiceFailure.Outdated(
                                                    "The database does not answer"));
                        });
    }

    @Test
    void asksForEventsOnceWhileTheServerIsSlowToAnswer() {
        List<CompletableFuture<Outcome<List<FleetEvent>>>> asked = new CopyOnWriteArrayList<>();
        UiPulse byHand = new UiPulse(client.screen());
        Subscription watched =
                client.onScreen(
                        () ->
                                new FleetViewModel(
                                                new GrpcFleetGateway(client.connection().channel()),
                                                () -> {
                                                    asked.add(new CompletableFuture<>());
                                                    return asked.getLast();
                                                },
                                                client.streams(),
                                                byHand,
                                                client.screen(),
                                                new ArmColours())
                                        .start());

        beat(byHand, 0, 10);
        assertThat(asked).hasSize(1);

        asked.getFirst().complete(new Outcome.Answered<>(List.of()));
        beat(byHand, 10, 13);
        assertThat(asked).hasSize(2);
        watched.unsubscribe();
    }

    private void beat(UiPulse pulse, int from, int to) {
        for (int second = from; second < to; second++) {
            long nanos = Duration.ofSeconds(second).toNanos();
            client.onScreen(
                    () -> {
                        pulse.tick(nanos);
                        return pulse;
                    });
            client.onScreen(() -> pulse);
        }
    }

    @Test
    void takesAStreamThatEndsForAFailure() {
        waitForTheFleet();

        fleet.endStreams();

        await().until(() -> fleet.watchers() == 1);
        await().until(() -> see(watched -> watched.feedProperty().get()) instanceof Feed.Live);
    }
}
