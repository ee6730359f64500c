package dev.tidegate.workbench.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tidegate.proto.v1.SetAliasRequest;
import dev.tidegate.workbench.ScriptedInference;
import dev.tidegate.workbench.ScriptedRegistry;
import dev.tidegate.workbench.ScriptedServer;
import dev.tidegate.workbench.TestClient;
import dev.tidegate.workbench.connection.Feed;
import dev.tidegate.workbench.failure.ServiceFailure;
import dev.tidegate.workbench.fleet.FleetModel;
import dev.tidegate.workbench.fleet.FleetSnapshot;
import dev.tidegate.workbench.fleet.ServerState;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.util.Subscription;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class ModelViewModelTest {
    private final ScriptedRegistry registry = new ScriptedRegistry();
    private final ReadOnlyObjectWrapper<Feed<FleetSnapshot>> fleet =
            new ReadOnlyObjectWrapper<>(new Feed.Waiting<>());
    private ScriptedServer server;
    private TestClient client;
    private ModelViewModel model;
    private Subscription watching = Subscription.EMPTY;

    @BeforeEach
    void connect() {
        registry.register("v9");
        server =
                new ScriptedServer(
                        0, List.of(registry.bindService(), new ScriptedInference().bindService()));
        client = new TestClient(server.port());
        model = watch("churn");
    }

    private ModelViewModel watch(String name) {
        return client.onScreen(
                () -> {
                    ModelViewModel watched =
                            new ModelViewModel(
                                    name,
                                    new GrpcModelGateway(client.connection().channel()),
                                    fleet.getReadOnlyProperty(),
                                    client.pulse(),
                                    client.screen(),
                                    Clock.systemUTC());
                    watching = Subscription.combine(watching, watched.start());
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

    private <T> T see(Function<ModelViewModel, T> property) {
        return client.onScreen(() -> property.apply(model));
    }

    private ModelActions actionsOf(String version) {
        await().until(() -> see(watched -> watched.feedProperty().get()) instanceof Feed.Live);
        return see(
                watched -> {
                    watched.choose(version);
                    return watched.actionsProperty().get();
                });
    }

    @Test
    void offersWhatTheServerWouldDoAndSaysWhyNot() {
        ModelActions champion = actionsOf("v1");
        assertThat(champion.load().reason()).isEqualTo("v1 is in memory already");
        assertThat(champion.makeChampion().reason()).isEqualTo("v1 is the champion already");
        ModelActions other = actionsOf("v9");
        assertThat(other.load().isEnabled()).isTrue();
        assertThat(other.unload().reason()).isEqualTo("v9 is not in memory");
        assertThat(other.makeChampion().words()).isEqualTo("Give all traffic of churn to v9");
        assertThat(other.makeChampion().isEnabled()).isTrue();
        assertThat(other.effect()).contains("goes to v9 instead of v1");
    }

    @Test
    void leavesTheTrafficToARolloutThatRuns() {
        fleetSays(Optional.of(new FleetModel.OpenRollout("r", "RUNNING", "", false, false)));
        assertThat(actionsOf("v9").makeChampion().reason())
                .isEqualTo("a rollout decides who answers until it ends");
        assertThat(actionsOf("v2").unload().reason()).isEqualTo("v2 answers requests");
    }

    @Test
    void saysHowMuchTrafficTheStepIsAbout() {
        fleetSays(Optional.empty());
        assertThat(actionsOf("v9").effect()).contains("1.2 k/s at present");
        ModelSnapshot now = see(watched -> watched.feedProperty().get().newest().get());
        assertThat(now.weight("v2")).isEqualTo(0.1);
    }

    private void fleetSays(Optional<FleetModel.OpenRollout> rollout) {
        FleetModel churn =
                new FleetModel(
                        "churn",
                        List.of(
                                new FleetModel.Arm("v1", "champion", 0.9),
                                new FleetModel.Arm("v2", "candidate", 0.1)),
                        rollout,
                        72_000,
                        0,
                        1200,
                        OptionalLong.empty(),
                        OptionalLong.empty(),
                        OptionalLong.empty(),
                        60);
        client.onScreen(
                () -> {
                    fleet.set(
                            new Feed.Live<>(
                                    new FleetSnapshot(
                                            new ServerState(
                                                    "1",
                                                    Instant.EPOCH,
                                                    Instant.EPOCH,
                                                    List.of(),
                                                    Optional.empty(),
                                                    Optional.empty(),
                                                    List.of()),
                                            List.of(churn),
                                            Map.of()),
                                    Instant.EPOCH));
                    return churn;
                });
    }

    @Test
    void makesAChampionOfTheRevisionThatWasSeen() {
        actionsOf("v9");
        see(
                watched -> {
                    watched.makeChampion();
                    return watched;
                });
        await().until(
                        () ->
                                see(watched -> watched.chosenProperty().get())
                                        .aliases()
                                        .contains("champion"));
        SetAliasRequest asked = registry.aliasRequests().getFirst();
        assertThat(asked.getVersion()).isEqualTo("v9");
        assertThat(asked.getAlias()).isEqualTo("champion");
        assertThat(asked.getMutation().getExpectedRevision()).isEqualTo(7);
        assertThat(asked.getMutation().getRequestId()).isNotBlank();
    }

    @Test
    void loadsAVersionAndThenTellsWhyItStays() {
        actionsOf("v9");
        see(
                watched -> {
                    watched.load();
                    return watched;
                });
        await().until(() -> see(watched -> watched.chosenProperty().get()).loaded());
        see(
                watched -> {
                    watched.unload();
                    return watched;
                });
        await().until(() -> see(watched -> watched.refusalProperty().get()) != null);
        assertThat(see(watched -> watched.refusalProperty().get()).message())
                .isEqualTo("churn version v9 is busy");
        assertThat(see(watched -> watched.actionsProperty().get()).unload().busy()).isFalse();
    }

    @Test
    void takesTheMeansOfTheRequestsBetweenTwoReadings() {
        await().until(
                        () ->
                                see(
                                        watched ->
                                                watched.feedProperty().get().newest().stream()
                                                        .flatMap(now -> now.stages().stream())
                                                        .anyMatch(means -> means.requests() > 0)));
        StageMeans means =
                see(
                        watched ->
                                watched.feedProperty().get().newest().get().stages().stream()
                                        .filter(each -> each.version().equals("v1"))
                                        .findFirst()
                                        .get());
        assertThat(means.computeMicros()).isEqualTo(300);
        assertThat(means.totalMicros()).isEqualTo(335);
    }

    @Test
    void saysThatAModelIsNotThere() {
        ModelViewModel unknown = watch("nobody");
        await().until(
                        () ->
                                client.onScreen(() -> unknown.feedProperty().get())
                                        instanceof Feed.Failed);
        assertThat(client.onScreen(() -> unknown.feedProperty().get()))
                .isInstanceOfSatisfying(
                        Feed.Failed.class,
                        failed ->
                                assertThat(failed.failure())
                                        .isInstanceOf(ServiceFailure.Missing.class));
    }
}
