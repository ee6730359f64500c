package dev.tidegate.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tidegate.server.inference.onnx.TestGraph;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The commands against a server's own services, over gRPC. */
final class ServerCommandsTest {
    @TempDir private Path folder;
    private Path home;
    private WholeServer server;

    @BeforeEach
    void start() throws IOException {
        home = folder.resolve("home");
        server = WholeServer.start(home);
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void registersShowsAndNamesVersions() throws IOException {
        Path graph = Files.write(folder.resolve("plus.onnx"), TestGraph.plus(1));

        CommandRun registered =
                tidegate("model", "register", "plus", graph.toString(), "--alias", "champion");
        assertThat(registered.code()).isZero();
        assertThat(registered.json().path("name").asText()).isEqualTo("plus");
        assertThat(registered.json().path("version").asText()).isEqualTo("1");
        assertThat(registered.json().path("digest").asText()).hasSize(64);
        assertThat(registered.json().path("state").asText()).isEqualTo("LIVE");
        assertThat(registered.json().path("inputs").get(0).path("datatype").asText())
                .isEqualTo("FP32");
        assertThat(registered.json().path("outputs").size()).isPositive();

        assertThat(tidegate("model", "list").json().path("models").get(0).path("name").asText())
                .isEqualTo("plus");
        JsonNode version = tidegate("model", "show", "plus").json().path("versions").get(0);
        assertThat(version.path("aliases").get(0).asText()).isEqualTo("champion");
        await().until(() -> memory("plus").path("state").asText().equals("READY"));
        assertThat(memory("plus").path("version").asText()).isEqualTo("1");
        assertThat(memory("plus").path("bytes").asLong()).isGreaterThan(1 << 20);
        JsonNode replica = tidegate("model", "show", "plus").json().path("replicas").get(0);
        assertThat(replica.path("live").asBoolean()).isTrue();
        assertThat(replica.path("takenBytes").asLong())
                .isEqualTo(memory("plus").path("bytes").asLong());
        assertThat(replica.path("replica")).isEqualTo(memory("plus").path("replica"));
        assertThat(tidegate("model", "alias", "plus", "stable", "1").code()).isZero();
        JsonNode route = tidegate("route", "show", "plus").json();
        assertThat(route.path("arms").get(0).path("version").asText()).isEqualTo("1");
        assertThat(route.path("arms").get(0).path("role").asText()).isEqualTo("champion");
        assertThat(route.path("epoch").asLong()).isPositive();
    }

    private JsonNode memory(String model) {
        return tidegate("model", "show", model).json().path("memory").path(0);
    }

    @Test
    void showsAndChangesHowAVersionRuns() throws IOException {
        Path graph = Files.write(folder.resolve("plus.onnx"), TestGraph.plus(1));
        Path settings = Files.writeString(folder.resolve("settings.yaml"), "max-batch: 8\n");
        tidegate("model", "register", "plus", graph.toString(), "--settings", settings.toString());
        assertThat(tidegate("model", "settings", "plus", "1").json().path("settings").toString())
                .isEqualTo("{\"max-batch\":\"8\"}");
        CommandRun changed =
                tidegate(
                        "model",
                        "settings",
                        "plus",
                        "1",
                        "--set",
                        "max-batch=",
                        "--set",
                        "instances=2");
        assertThat(changed.code()).isZero();
        JsonNode version = tidegate("model", "show", "plus").json().path("versions").get(0);
        assertThat(version.path("settings").toString()).isEqualTo("{\"instances\":\"2\"}");
        CommandRun refused = tidegate("model", "settings", "plus", "1", "--set", "instances=0");
        assertThat(refused.code()).isEqualTo(1);
        assertThat(refused.err()).contains("'instances'", "a whole number from 1 to 64");
    }

    @Test
    void logsWhichRungOfALadderAnswered() throws IOException {
        Path picky = Files.write(folder.resolve("picky.onnx"), TestGraph.plusThatFailsFromThree(1));
        tidegate("model", "register", "m", picky.toString(), "--alias", "champion");
        Path graph = Files.write(folder.resolve("plus.onnx"), TestGraph.plus(10));
        tidegate("model", "register", "m", graph.toString(), "--version", "old");

        CommandRun rules = tidegate("route", "set", "m", "--fallback-constant", "y=0.5");
        assertThat(rules.code()).as(rules.err()).isZero();
        assertThat(rules.json().path("fallback").path("rules").asText()).isEqualTo("y=0.5");
        assertThat(loggedReason("(rules)")).isEqualTo("fallback_rules FAILED ");

        tidegate("route", "set", "m", "--fallback-version", "old");
        assertThat(loggedReason("old")).isEqualTo("fallback_version FAILED old");
        JsonNode newest =
                tidegate("audit", "list", "--subject", "model/m").json().path("events").get(0);
        assertThat(newest.path("action").asText()).isEqualTo("fallback.set");

        CommandRun wrong = tidegate("route", "set", "m", "--fallback-constant", "z=0.5");
        assertThat(wrong.code()).isEqualTo(1);
        assertThat(wrong.err()).contains("rules, line 1, column 1: output 'z' is unknown");
        assertThat(tidegate("route", "set", "m").code()).isEqualTo(2);
    }

    /** Asks what the champion cannot answer until that version does; returns what is logged. */
    private String loggedReason(String version) {
        List<CommandRun> answers = new ArrayList<>();
        await().until(
                        () -> {
                            answers.add(tidegate("predict", "m", "--row", "x=5"));
                            CommandRun last = answers.getLast();
                            return last.code() == 0
                                    && last.json().path("version").asText().equals(version);
                        });
        String id = answers.getLast().json().path("id").asText();
        await().until(() -> tidegate("log", "show", id).code() == 0);
        JsonNode entry = tidegate("log", "show", id).json();
        return "%s %s %s"
                .formatted(
                        entry.path("reason").asText(),
                        entry.path("outcome").asText(),
                        entry.path("answeredVersion").asText(""));
    }

    @Test
    void loadsAndUnloadsWhatNoRouteNames() throws IOException {
        Path graph = Files.write(folder.resolve("plus.onnx"), TestGraph.plus(1));
        tidegate("model", "register", "plus", graph.toString(), "--alias", "champion");
        tidegate("model", "register", "plus", graph.toString(), "--version", "other");

        JsonNode loaded = tidegate("model", "load", "plus", "other").json();
        assertThat(loaded.path("state").asText()).isEqualTo("STAGED");
        assertThat(loaded.path("loaded").asBoolean()).isTrue();
        JsonNode unloaded = tidegate("model", "unload", "plus", "other").json();
        assertThat(unloaded.path("state").asText()).isEqualTo("VALIDATED");
        assertThat(unloaded.path("loaded").asBoolean()).isFalse();

        CommandRun routed = tidegate("model", "unload", "plus", "1");
        assertThat(routed.code()).isEqualTo(1);
        assertThat(routed.err())
                .contains(
                        "plus version 1 is the champion of the route with epoch 1 and stays loaded");
        JsonNode events =
                tidegate("audit", "list", "--subject", "model/plus").json().path("events");
        assertThat(events)
                .extracting(event -> event.path("action").asText())
                .containsExactly(
                        "version.validated",
                        "version.unloaded",
                        "version.staged",
                        "version.loaded",
                        "version.registered",
                        "alias.set",
                        "version.live",
                        "route.changed",
                        "version.registered");
    }

    @Test
    void passesOnWhyTheServerRefuses() throws IOException {
        Path broken = Files.writeString(folder.resolve("broken.onnx"), "no graph");
        CommandRun run = tidegate("model", "register", "plus", broken.toString());
        assertThat(run.code()).isEqualTo(1);
        assertThat(run.out()).isEmpty();
        assertThat(run.err())
                .startsWith("tidegate model register: 'plus' is not an ONNX graph")
                .endsWith("can run: Protobuf parsing failed.\n")
                .doesNotContain(home.toString())
                .hasLineCount(1);

        CommandRun unknown = tidegate("model", "show", "nothing");
        assertThat(unknown.code()).isEqualTo(1);
        assertThat(unknown.err()).contains("tidegate model show: model 'nothing' is unknown");
    }

    @Test
    void makesListsAndRevokesKeys() {
        JsonNode key = tidegate("key", "create", "ada", "--role", "approver,viewer").json();
        assertThat(key.path("key").asText()).isNotEmpty();
        assertThat(key.path("roles")).extracting(JsonNode::asText).contains("approver", "viewer");

        assertThat(tidegate("key", "revoke", key.path("id").asText()).code()).isZero();
        CommandRun keys = tidegate("key", "list");
        assertThat(keys.json().path("keys"))
                .anySatisfy(
                        row -> {
                            assertThat(row.path("name").asText()).isEqualTo("ada");
                            assertThat(row.path("revokedAt").isNull()).isFalse();
                        });
        assertThat(keys.out()).doesNotContain(key.path("key").asText());
    }

    @Test
    void givesANameToOneLiveKey() {
        String first =
                tidegate("key", "create", "ada", "--role", "viewer").json().get("id").asText();
        CommandRun second = tidegate("key", "create", "ada", "--role", "admin");
        assertThat(second.code()).isEqualTo(1);
        assertThat(second.err()).contains("key name 'ada' is taken by key " + first);
        tidegate("key", "revoke", first);
        assertThat(tidegate("key", "create", "ada", "--role", "viewer").code()).isZero();
        assertThat(tidegate("key", "create", "tidegate", "--role", "viewer").err())
                .contains("stands for the server itself");
    }

    @Test
    void namesTheKeyInTheAuditTrail() throws IOException {
        String admin = Files.readString(home.resolve("admin-key")).substring(3, 15);
        String ada = tidegate("key", "create", "ada", "--role", "viewer").json().get("id").asText();
        JsonNode events = tidegate("audit", "list", "--subject", "key").json().get("events");
        assertThat(events.get(0).path("subject").asText()).isEqualTo("key/" + ada);
        assertThat(events.get(0).path("key").asText()).isEqualTo(admin);
        assertThat(events.get(1).path("principal").asText()).isEqualTo("tidegate");
        assertThat(events.get(1).path("key").isNull()).isTrue();
        assertThat(tidegate("audit", "verify").json().path("valid").asBoolean()).isTrue();
    }

    @Test
    void verifiesTheAuditTrail() {
        tidegate("key", "create", "ada", "--role", "viewer");
        JsonNode result = tidegate("audit", "verify").json();
        assertThat(result.path("valid").asBoolean()).isTrue();
        assertThat(result.path("events").asLong()).isGreaterThanOrEqualTo(2);
        assertThat(result.path("head").asText()).hasSize(64);
        assertThat(result.path("firstBad").isNull()).isTrue();
        assertThat(tidegate("audit", "list").json().path("events").get(0).path("action").asText())
                .startsWith("key.");
    }

    @Test
    void refusesAWrongKeyAndNoKey() throws IOException {
        Files.writeString(home.resolve("admin-key"), "tg_wrong");
        CommandRun wrong = tidegate("key", "list");
        assertThat(wrong.code()).isEqualTo(1);
        assertThat(wrong.err()).startsWith("tidegate key list: ").hasLineCount(1);

        Files.delete(home.resolve("admin-key"));
        assertThat(tidegate("key", "list").err()).contains("no key came with the call");
    }

    @Test
    void trainsAndPredictsThroughTheServer() throws IOException {
        CommandRun run = train();
        assertThat(run.err()).contains("\"state\":\"REGISTERED\"");
        assertThat(run.code()).isZero();
        assertThat(run.json().path("version").asText()).isEqualTo("1");
        assertThat(run.json().path("metrics").path("auc").asDouble()).isGreaterThan(0.6);
        assertThat(run.json().path("artifact").asText()).startsWith("sha256:");
        assertThat(tidegate("model", "show", "churn").json().path("versions")).hasSize(1);
        await().untilAsserted(
                        () -> assertThat(predict("tenure=3,monthly_charges=70").code()).isZero());

        CommandRun answer = predict("tenure=3,monthly_charges=70", "tenure=60,monthly_charges=20");
        assertThat(answer.json().path("model").asText()).isEqualTo("churn");
        assertThat(answer.json().path("version").asText()).isEqualTo("1");
        JsonNode data = answer.json().path("outputs").get(0).path("data");
        assertThat(data.size()).isGreaterThanOrEqualTo(2);
        String id = answer.json().path("id").asText();
        await().untilAsserted(() -> assertThat(tidegate("log", "show", id).code()).isZero());
        JsonNode entry = tidegate("log", "show", id).json();
        assertThat(entry.path("answeredVersion").asText()).isEqualTo("1");
        assertThat(entry.path("request").toString()).contains("monthly_charges");
        JsonNode count = tidegate("log", "count", "--model", "churn", "--since", "1h").json();
        assertThat(count.path("count").asLong()).isGreaterThanOrEqualTo(2);
        assertThat(tidegate("log", "show", "nothing").code()).isEqualTo(1);
        refusesRowsThatDoNotFit();
    }

    private void refusesRowsThatDoNotFit() throws IOException {
        CommandRun foreign = predict("tenure=3,monthly_charges=70,town=Rome");
        assertThat(foreign.code()).isEqualTo(2);
        assertThat(foreign.err())
                .contains("model 'churn' takes no town; its columns are tenure, monthly_charges");
        assertThat(predict("tenure=3").err())
                .contains("row 1 has no value for monthly_charges, expected a number");
        assertThat(predict("tenure=long,monthly_charges=1").err())
                .contains("row 1: feature 'tenure' is long, expected a value that FP32 can hold");
        Path cut = folder.resolve("cut.csv");
        Files.writeString(cut, "tenure,town\n1,Rome\n");
        assertThat(tidegate("predict", "churn", "--in", cut.toString()).err())
                .contains(
                        cut
                                + " has no column monthly_charges; the columns of model 'churn' are tenure, monthly_charges");
        Path rows = folder.resolve("rows.json");
        Files.writeString(rows, "{\"tenure\": 1, \"monthly_charges\": 9.5, \"town\": \"Rome\"}");
        CommandRun file = tidegate("predict", "churn", "--in", rows.toString());
        assertThat(file.code()).isZero();
        assertThat(file.err()).contains("left out, as the model does not take it: town");
        assertThat(tidegate("predict", "churn", "--version", "7", "--row", "tenure=1").err())
                .contains("model 'churn' has no version '7'; known: [1]");
    }

    private CommandRun predict(String... rows) {
        return tidegate(
                Stream.concat(
                                Stream.of("predict", "churn", "--unit", "u1"),
                                Stream.of(rows).flatMap(row -> Stream.of("--row", row)))
                        .toArray(String[]::new));
    }

    private CommandRun train() throws IOException {
        Path data = folder.resolve("some.csv");
        try (Stream<String> lines =
                Files.lines(Path.of("src/main/dist/data/telco-churn.csv")).limit(501)) {
            Files.write(data, lines.toList());
        }
        return tidegate(
                "train",
                "--data",
                data.toString(),
                "--target",
                "churn",
                "--name",
                "churn",
                "--algorithm",
                "logistic",
                "--columns",
                "tenure,monthly_charges",
                "--alias",
                "champion");
    }

    @Test
    void printsTablesForPeople() throws IOException {
        Path graph = Files.write(folder.resolve("plus.onnx"), TestGraph.plus(1));
        tidegate("model", "register", "plus", graph.toString());
        CommandRun run = CommandRun.of("model", "list", "--home", home.toString());
        assertThat(run.out().lines().toList())
                .hasSize(2)
                .satisfies(lines -> assertThat(lines.getFirst()).startsWith("NAME  CHAMPION"))
                .satisfies(lines -> assertThat(lines.getLast()).startsWith("plus  -"));
    }

    private CommandRun tidegate(String... arguments) {
        return CommandRun.of(
                Stream.concat(
                                Stream.of(arguments),
                                List.of("--home", home.toString(), "--output", "json").stream())
                        .toArray(String[]::new));
    }
}
