package dev.tidegate.workbench.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tidegate.proto.v1.SetAliasRequest;
import dev.tidegate.workbench.ScriptedInference;
import dev.tidegate.workbench.ScriptedRegistry;
import dev.tidegate.workbench.ScriptedRoutes;
import dev.tidegate.workbench.ScriptedServer;
import dev.tidegate.workbench.TestClient;
import dev.tidegate.workbench.connection.Feed;
import dev.tidegate.workbench.failure.ServiceFailure;
import dev.tidegate.workbench.fleet.FleetModel;
import dev.tidegate.workbench.fleet.FleetSnapshot;
import dev.tidegate.workbench.fleet.ServerState;
import dev.tidegate.workbench.theme.Tone;
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
    private final ScriptedInference inference = new ScriptedInference();
    private final ScriptedRoutes routes = new ScriptedRoutes();
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
                        0,
                        List.of(
                                registry.bindService(),
                                inference.bindService(),
                                routes.bindService()));
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
        await().until(() -> means("v1").map(StageMeans::requests).orElse(0L) > 0);
        StageMeans means = means("v1").get();
        assertThat(means.computeMicros()).isEqualTo(300);
        assertThat(means.totalMicros()).isEqualTo(335);
    }

    private Optional<StageMeans> means(String version) {
        return see(watched -> watched.stagesProperty().get()).newest().stream()
                .flatMap(stages -> stages.means().stream())
                .filter(each -> each.version().equals(version))
                .findFirst();
    }

    @Test
    void keepsTheTimesThatWereAndSaysWhyThereAreNoNewerOnes() {
        await().until(() -> see(watched -> watched.stagesProperty().get()) instanceof Feed.Live);
        inference.hideStatistics();
        await().until(() -> see(watched -> watched.stagesProperty().get()) instanceof Feed.Stale);
        Feed<Stages> feed = see(watched -> watched.stagesProperty().get());
        assertThat(feed.newest()).isPresent();
        assertThat(feed)
                .isInstanceOfSatisfying(
                        Feed.Stale.class,
                        stale ->
                                assertThat(stale.failure().message())
                                        .contains("the counters cannot be read"));
        Feed<ModelSnapshot> all = see(watched -> watched.feedProperty().get());
        assertThat(all).isInstanceOf(Feed.Live.class);
    }

    @Test
    void saysOnHowManyReplicasAVersionIsInMemory() {
        await().until(() -> see(watched -> watched.replicasProperty().get()) instanceof Feed.Live);
        List<ReplicaMemory> replicas =
                see(watched -> watched.replicasProperty().get()).newest().get();
        assertThat(presence("v1", replicas).words()).isEqualTo("On 2 of 2");
        assertThat(presence("v1", replicas).tone()).isEqualTo(Tone.GOOD);
        assertThat(presence("v2", replicas).words()).isEqualTo("Failed on 1 of 2");
        assertThat(presence("v9", replicas).words()).isEqualTo("Not loaded");
        assertThat(presence("v2", replicas.subList(1, 2)).words()).isEqualTo("Failed");
        assertThat(presence("v1", List.of()).words()).isEqualTo("Here");
        assertThat(presence("v1", replicas).explanation())
                .isEqualTo(
                        "tidegate-0:41: In memory, about 3.46 MB\ntidegate-1:17: In memory, about 3.46 MB");
        List<String> lines =
                replicas.stream()
                        .map(replica -> ReplicaLine.of(replica, "v2"))
                        .map(line -> line.name() + ": " + line.state() + " " + line.bytes())
                        .toList();
        assertThat(lines)
                .containsExactly(
                        "tidegate-0:41: In memory 3.46 MB",
                        "tidegate-1:17: Failed –",
                        "tidegate-2:23: Not heard –");
        assertThat(ReplicaLine.of(replicas.get(1), "v2").why(Instant.EPOCH))
                .isEqualTo("artifact 9f86d081 is damaged");
        assertThat(ReplicaLine.of(replicas.get(2), "v2").why(Instant.EPOCH))
                .contains("what it has in memory now is unknown");
    }

    private Presence presence(String version, List<ReplicaMemory> replicas) {
        ModelSnapshot now = see(watched -> watched.feedProperty().get()).newest().get();
        return Presence.of(now.model().version(version).get(), replicas);
    }

    @Test
    void showsTheModelAlsoWhenNobodyTellsOfMemory() {
        registry.hideMemory();
        ModelViewModel other = watch("churn");
        await().until(
                        () ->
                                client.onScreen(() -> other.replicasProperty().get())
                                        instanceof Feed.Failed);
        await().until(() -> client.onScreen(() -> other.feedProperty().get()) instanceof Feed.Live);
    }

    private Ladder ladder() {
        await().until(
                        () ->
                                see(watched -> watched.ladder().feedProperty().get())
                                        instanceof Feed.Live);
        return see(watched -> watched.ladder().feedProperty().get()).newest().get();
    }

    private void setLadder(LadderDraft draft) {
        see(
                watched -> {
                    watched.ladder().set(draft);
                    return watched;
                });
    }

    @Test
    void setsTheLadderInPlaceOfTheOneThatWasSeen() {
        routes.set("", "probability = 0.5", "eva");
        assertThat(ladder().draft().words()).isEqualTo("constants");
        LadderDraft draft =
                new LadderDraft(ladder().revision(), "v9", "probability = tenure / 72.0 ");
        assertThat(LadderEffect.of(ladder(), draft))
                .contains(
                        "is answered by v9, then the rules",
                        "Until now: constants.",
                        "What v1 answers",
                        "v9 is brought into memory on every replica");
        assertThat(LadderEffect.action("churn", draft))
                .isEqualTo("Let v9, then the rules, stand in for churn");
        setLadder(draft);
        await().until(
                        () ->
                                see(watched -> watched.ladder().changeProperty().get())
                                        == LadderViewModel.Change.DONE);
        assertThat(ladder().version()).isEqualTo("v9");
        assertThat(ladder().setting().get().by()).isEqualTo("Anna Keller");
        assertThat(routes.requests().getFirst().getMutation().getExpectedRevision()).isEqualTo(1);
        assertThat(routes.requests().getFirst().getMutation().getRequestId()).isNotBlank();
        assertThat(routes.requests().getFirst().getRules())
                .isEqualTo("probability = tenure / 72.0");
    }

    @Test
    void saysInTheServersWordsWhyALadderCannotBe() {
        setLadder(new LadderDraft(0, "", "wrong = 1.0"));
        await().until(() -> see(watched -> watched.ladder().refusalProperty().get()) != null);
        assertThat(see(watched -> watched.ladder().refusalProperty().get()).message())
                .isEqualTo("rules, line 1, column 1: output 'wrong' is unknown");
        LadderViewModel.Change change = see(watched -> watched.ladder().changeProperty().get());
        assertThat(change).isEqualTo(LadderViewModel.Change.NONE);
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
