package dev.tidegate.workbench.fleet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tidegate.workbench.ScriptedFleet;
import dev.tidegate.workbench.ScriptedServer;
import dev.tidegate.workbench.TestClient;
import dev.tidegate.workbench.connection.Feed;
import dev.tidegate.workbench.failure.Outcome;
import dev.tidegate.workbench.theme.ArmColours;
import java.time.Clock;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import javafx.util.Subscription;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class FleetViewModelTest {
    private final ScriptedFleet fleet = new ScriptedFleet(120);
    private ScriptedServer server;
    private TestClient client;
    private FleetViewModel model;
    private Subscription watching = Subscription.EMPTY;

    @BeforeEach
    void connect() {
        server = new ScriptedServer(0, List.of(fleet.bindService()));
        client = new TestClient(server.port());
        model =
                client.onScreen(
                        () -> {
                            FleetViewModel watched =
                                    new FleetViewModel(
                                            new GrpcFleetGateway(client.connection().channel()),
                                            () ->
                                                    CompletableFuture.completedFuture(
                                                            new Outcome.Answered<>(List.of())),
                                            client.streams(),
                                            client.pulse(),
                                            client.screen(),
                                            Clock.systemUTC(),
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

    @Test
    void takesAStreamThatEndsForAFailure() {
        waitForTheFleet();

        fleet.endStreams();

        await().until(() -> fleet.watchers() == 1);
        await().until(() -> see(watched -> watched.feedProperty().get()) instanceof Feed.Live);
    }
}
