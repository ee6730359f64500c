package dev.tidegate.workbench.playground;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tidegate.proto.inference.ModelInferRequest;
import dev.tidegate.workbench.ScriptedInference;
import dev.tidegate.workbench.ScriptedLog;
import dev.tidegate.workbench.ScriptedRegistry;
import dev.tidegate.workbench.ScriptedServer;
import dev.tidegate.workbench.TestClient;
import dev.tidegate.workbench.connection.Feed;
import dev.tidegate.workbench.failure.ServiceFailure;
import dev.tidegate.workbench.predictionlog.GrpcPredictionLogGateway;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.SimpleObjectProperty;
import javafx.util.Subscription;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class PlaygroundViewModelTest {
    private final ScriptedInference inference = new ScriptedInference();
    private final ScriptedRegistry registry = new ScriptedRegistry();
    private final ObjectProperty<Feed<String>> fleet =
            new SimpleObjectProperty<>(new Feed.Waiting<>());
    private ScriptedServer server;
    private TestClient client;
    private PlaygroundViewModel model;

    @BeforeEach
    void connect() {
        server = serve(0);
        client = new TestClient(server.port());
        var channel = client.connection().channel();
        model =
                client.onScreen(
                        () ->
                                new PlaygroundViewModel(
                                        new GrpcRegistryGateway(channel),
                                        new GrpcInferenceGateway(channel, System::nanoTime),
                                        new GrpcPredictionLogGateway(channel),
                                        fleet,
                                        client.pulse(),
                                        client.screen(),
                                        Clock.systemUTC()));
    }

    @AfterEach
    void close() {
        client.close();
        server.close();
    }

    private <T> T see(Function<PlaygroundViewModel, T> property) {
        return client.onScreen(() -> property.apply(model));
    }

    private void visit(String entry) {
        client.onScreen(
                () -> {
                    model.visit("churn", entry);
                    return model;
                });
        await().until(() -> see(playground -> playground.fields().size()) == 3);
    }

    private void type(String column, String value) {
        client.onScreen(
                () -> {
                    field(column).value().set(value);
                    return value;
                });
    }

    private Field field(String column) {
        return model.fields().stream()
                .filter(field -> field.column().name().equals(column))
                .findFirst()
                .orElseThrow();
    }

    private String problem(String column) {
        return see(playground -> field(column).problem().get());
    }

    private void send() {
        client.onScreen(
                () -> {
                    model.send();
                    return model;
                });
    }

    private ScriptedServer serve(int port) {
        return new ScriptedServer(
                port,
                List.of(
                        registry.bindService(),
                        inference.bindService(),
                        new ScriptedLog().bindService()));
    }

    private Feed<List<ModelChoice>> models() {
        return see(playground -> playground.modelsProperty().get());
    }

    private void fleetIs(Feed<String> feed) {
        client.onScreen(
                () -> {
                    fleet.set(feed);
                    return feed;
                });
    }

    @Test
    void greysWhenTheServerIsGoneAndComesBackWithIt() {
        visit("");
        type("tenure", "34");
        Subscription watching = client.onScreen(() -> model.start());
        fleetIs(new Feed.Live<>("", Instant.EPOCH));
        int port = server.port();

        server.close();
        fleetIs(new Feed.Stale<>("", Instant.EPOCH, new ServiceFailure.Unavailable("gone")));

        assertThat(models()).isInstanceOf(Feed.Stale.class);
        server = serve(port);
        registry.register("v3");
        fleetIs(new Feed.Live<>("", Instant.EPOCH));
        await().until(() -> see(playground -> playground.versions().contains("v3")));
        assertThat(models()).isInstanceOf(Feed.Live.class);
        assertThat(value("tenure")).isEqualTo("34");
        watching.unsubscribe();
    }

    @Test
    void comesBackByItselfWhenTheFirstQuestionFailed() {
        int port = server.port();
        server.close();
        Subscription watching = client.onScreen(() -> model.start());
        client.onScreen(
                () -> {
                    model.visit("churn", "");
                    return model;
                });
        await().until(() -> models() instanceof Feed.Failed);

        server = serve(port);

        await().until(() -> see(playground -> playground.fields().size()) == 3);
        watching.unsubscribe();
    }

    @Test
    void offersAVersionThatIsRegisteredMeanwhileAndKeepsWhatIsChosen() {
        visit("");
        client.onScreen(
                () -> {
                    model.versionProperty().set("v2");
                    return model;
                });
        Subscription watching = client.onScreen(() -> model.start());

        registry.register("v3");

        await().until(() -> see(playground -> playground.versions().contains("v3")));
        List<String> offered = see(playground -> List.copyOf(playground.versions()));
        assertThat(offered).containsExactly(Target.ROUTED, "v1", "v2", "v3", Target.EVERY);
        String chosen = see(playground -> playground.versionProperty().get());
        assertThat(chosen).isEqualTo("v2");
        watching.unsubscribe();
    }

    @Test
    void buildsTheFormFromTheSignature() {
        visit("");

        List<String> hints =
                see(
                        playground ->
                                playground.fields().stream()
                                        .map(field -> field.column().name() + ": " + field.hint())
                                        .toList());
        assertThat(hints)
                .containsExactly(
                        "tenure: 0 to 72",
                        "total_charges: 18.8 to 8680, may be empty",
                        "contract: 3 categories");
    }

    @Test
    void fillsTheFormWithALoggedRow() {
        visit(ScriptedLog.ID);

        await().until(
                        () ->
                                see(playground -> playground.loadedProperty().get())
                                        .equals(ScriptedLog.ID));
        List<String> values =
                see(
                        playground ->
                                playground.fields().stream()
                                        .map(field -> field.value().get())
                                        .toList());
        assertThat(values).containsExactly("34.0", "", "One year");
    }

    private String missing() {
        return see(playground -> playground.missingProperty().get());
    }

    @Test
    void saysWhichFieldsOfALoggedRowWereNotKeptAndLeavesThemEmpty() {
        visit(ScriptedLog.REDACTED);
        await().until(
                        () ->
                                see(playground -> playground.loadedProperty().get())
                                        .equals(ScriptedLog.REDACTED));
        assertThat(value("tenure")).isEqualTo("34.0");
        assertThat(value("contract")).isEmpty();
        assertThat(missing())
                .isEqualTo(
                        "The log of this model keeps no values of: contract, tidegate_unit. Type in what the request needs.");
    }

    @Test
    void leavesTheFormAsItIsWhenALoggedRequestWasNotKept() {
        visit(ScriptedLog.ID);
        await().until(
                        () ->
                                see(playground -> playground.loadedProperty().get())
                                        .equals(ScriptedLog.ID));
        client.onScreen(
                () -> {
                    model.load(ScriptedLog.ABSENT);
                    return model;
                });
        await().until(() -> !missing().isEmpty());
        assertThat(missing())
                .contains("no values of request", "this model's log is sampled at 10 %");
        assertThat(value("contract")).isEqualTo("One year");
        String loaded = see(playground -> playground.loadedProperty().get());
        assertThat(loaded).isEqualTo(ScriptedLog.ID);
    }

    @Test
    void sendsTheRowAsTensorsAndShowsWhoAnswered() {
        visit("");
        type("tenure", "34");
        type("contract", "One year");

        send();

        await().until(() -> see(playground -> playground.predictionProperty().get()) != null);
        Prediction prediction =
                Objects.requireNonNull(see(playground -> playground.predictionProperty().get()));
        assertThat(prediction.version()).isEqualTo("v2");
        assertThat(prediction.reason()).isEqualTo("candidate");
        assertThat(prediction.outputs().getFirst().values()).containsExactly("0.27");
        ModelInferRequest request = inference.requests().getFirst();
        assertThat(request.getModelVersion()).isEmpty();
        assertThat(request.getInputs(1).getContents().getFp32Contents(0)).isNaN();
        assertThat(request.getInputs(2).getContents().getBytesContents(0).toStringUtf8())
                .isEqualTo("One year");
    }

    @Test
    void keepsARowWithAWrongNumberBackAndSaysSoAtTheField() {
        visit("");
        type("tenure", "long");
        type("contract", "One year");

        send();

        assertThat(problem("tenure")).isEqualTo("Expected a number, got 'long'");
        assertThat(inference.requests()).isEmpty();
    }

    @Test
    void putsTheServersRefusalAtTheFieldThatItNames() {
        visit("");
        type("tenure", "5000");
        type("contract", "One year");

        send();

        await().until(
                        () ->
                                see(playground -> playground.failureProperty().get())
                                        instanceof ServiceFailure.Invalid);
        assertThat(problem("tenure")).contains("at most 1000");
        assertThat(problem("contract")).isEmpty();
    }

    @Test
    void copiesNothingWhileAFieldIsWrong() {
        visit("");
        type("tenure", "long");

        Optional<String> program =
                see(playground -> playground.copy(RequestCopy.Language.GRPCURL, "127.0.0.1:1"));

        assertThat(program).isEmpty();
        assertThat(problem("tenure")).isEqualTo("Expected a number, got 'long'");
    }

    @Test
    void asksAllVersionsByNameWhenTheyStandSideBySide() {
        visit("");
        type("tenure", "34");
        type("contract", "One year");
        client.onScreen(
                () -> {
                    model.versionProperty().set(Target.EVERY);
                    return model;
                });

        send();

        await().until(() -> see(playground -> playground.sideBySideProperty().get()) != null);
        SideBySide answers =
                Objects.requireNonNull(see(playground -> playground.sideBySideProperty().get()));
        assertThat(answers.answers())
                .extracting(SideBySide.Answer::version)
                .containsExactly("v1", "v2");
        assertThat(inference.requests())
                .extracting(ModelInferRequest::getModelVersion)
                .containsExactlyInAnyOrder("v1", "v2");
    }

    private String value(String column) {
        return see(_ -> field(column).value().get());
    }

    private void open(Path file) {
        client.onScreen(
                () -> {
                    model.fileRows().open(file);
                    return model;
                });
    }

    @Test
    void walksThroughTheRowsOfAFile(@TempDir Path folder) throws IOException {
        visit("");
        open(
                Files.writeString(
                        folder.resolve("rows.csv"), "contract,tenure\nTwo year,5\nOne year,34\n"));
        await().until(() -> value("tenure").equals("5"));

        client.onScreen(
                () -> {
                    model.fileRows().step(1);
                    model.fileRows().step(1);
                    return model;
                });

        assertThat(value("tenure")).isEqualTo("34");
        assertThat(value("total_charges")).isEmpty();
        assertThat(value("contract")).isEqualTo("One year");
    }

    @Test
    void saysThatAFilesRowsHaveNothingOfTheForm(@TempDir Path folder) throws IOException {
        visit("");
        open(Files.writeString(folder.resolve("rows.json"), "{\"height\": 3}"));

        await().until(
                        () ->
                                see(playground -> playground.failureProperty().get())
                                        instanceof ServiceFailure.Invalid);
        ServiceFailure failure =
                Objects.requireNonNull(see(playground -> playground.failureProperty().get()));
        assertThat(failure.message())
                .isEqualTo("the row has height, expected some of tenure, total_charges, contract");
    }
}
