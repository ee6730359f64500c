package dev.tidegate.server.rollout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tidegate.proto.inference.GRPCInferenceServiceGrpc;
import dev.tidegate.proto.inference.GRPCInferenceServiceGrpc.GRPCInferenceServiceBlockingStub;
import dev.tidegate.proto.inference.InferParameter;
import dev.tidegate.proto.inference.ModelInferRequest;
import dev.tidegate.proto.inference.ModelInferResponse;
import dev.tidegate.server.CommandRun;
import dev.tidegate.server.WholeServer;
import dev.tidegate.server.inference.InferenceServer;
import dev.tidegate.server.inference.onnx.TestGraph;
import io.grpc.ManagedChannel;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A share of real traffic for a cheaper version, from the command line to the route. */
final class CheaperShareTest {
    private static final String PLAN =
            """
            name: share
            cheaper: true
            steps:
              - { weight: 10%, minimum-units: 20 }
              - { hold: true }
            guardrails:
              - { name: errors, metric: errors, tolerance: 0.2 }
            """;

    /** Turns of the champion's loop, and from 3 on more than the picky version takes. */
    private static final float WORK = 500;

    @TempDir private static Path folder;
    private static Path home;
    private static Path plan;
    private static WholeServer server;
    private static ManagedChannel channel;

    @BeforeAll
    static void start() throws IOException {
        home = folder.resolve("home");
        plan = Files.writeString(folder.resolve("share.yaml"), PLAN);
        server = WholeServer.start(home);
        channel = NettyChannelBuilder.forAddress("127.0.0.1", server.port()).usePlaintext().build();
        for (String model : List.of("kept", "closed", "judged")) {
            register(model, "dear", TestGraph.plusThatTakesItsTime(), "--alias", "champion");
            register(model, "cheap", TestGraph.plus(0));
            register(model, "picky", TestGraph.plusThatFailsFromThree(0));
        }
    }

    @AfterAll
    static void stop() {
        channel.shutdownNow();
        server.close();
    }

    @Test
    void givesACheaperVersionItsShareAndKeepsEachUnitWhereItIs() {
        measure("kept", "dear", WORK);
        measure("kept", "cheap", WORK);
        String id = started("kept", "cheap");
        await().atMost(Duration.ofSeconds(60))
                .until(() -> rollout(id).path("weight").asDouble() == 0.1);

        Set<Integer> cheap = new HashSet<>();
        for (int unit = 0; unit < 1_500; unit++) {
            if (answeredBy("kept", unit).equals("cheap")) {
                cheap.add(unit);
            }
        }
        assertThat(cheap).hasSizeBetween(90, 210);
        assertThat(IntStream.range(0, 300).boxed())
                .allSatisfy(
                        unit ->
                                assertThat(answeredBy("kept", unit))
                                        .isEqualTo(cheap.contains(unit) ? "cheap" : "dear"));

        await().atMost(Duration.ofSeconds(60))
                .until(() -> rollout(id).path("reason").asText().contains("stays at 10 %"));
        JsonNode held = rollout(id);
        assertThat(held.path("state").asText()).isEqualTo("RUNNING");
        assertThat(held.path("weight").asDouble()).isEqualTo(0.1);
        assertThat(held.path("waitingFor").asText("")).isEmpty();
    }

    @Test
    void givesTheChampionAllTrafficBackWhenTheCheaperVersionHarms() {
        measure("closed", "dear", WORK);
        measure("closed", "picky", 1);
        String id = started("closed", "picky");
        await().atMost(Duration.ofSeconds(60))
                .until(() -> rollout(id).path("weight").asDouble() == 0.1);

        int[] unit = {0};
        await().atMost(Duration.ofSeconds(90))
                .until(
                        () -> {
                            for (int i = 0; i < 100; i++) {
                                assertThat(answeredBy("closed", unit[0]++)).isEqualTo("dear");
                            }
                            return rollout(id).path("state").asText().equals("ROLLED_BACK");
                        });
        assertThat(rollout(id).path("reason").asText()).contains("harmful: errors");
        await().atMost(Duration.ofSeconds(60))
                .untilAsserted(
                        () -> {
                            ModelInferResponse answer = ask("closed", "", unit[0]++, WORK);
                            assertThat(reason(answer)).isEqualTo("champion");
                        });
        for (int i = 0; i < 100; i++) {
            assertThat(reason(ask("closed", "", unit[0]++, WORK))).isEqualTo("champion");
        }
    }

    @Test
    void refusesAVersionThatIsNotKnownToBeCheaper() throws IOException {
        CommandRun unknown = start("judged", "cheap", plan.toString());
        assertThat(unknown.code()).isEqualTo(1);
        assertThat(unknown.err())
                .contains("the cost of judged version dear is not known yet", "0 answered rows");
        assertThat(start("judged", "cheap", "cheaper").err()).contains("is not known yet");

        measure("judged", "cheap", 1);
        measure("judged", "dear", WORK);
        tidegate("model", "alias", "judged", "champion", "cheap");
        CommandRun dearer = start("judged", "dear", plan.toString());
        assertThat(dearer.code()).isEqualTo(1);
        assertThat(dearer.err())
                .contains("judged version dear is not cheaper than the champion", "(over 200)");

        Path rows = folder.resolve("rows.csv");
        Files.writeString(rows, "x\n" + "1\n".repeat(400));
        tidegate("predict", "judged", "--version", "picky", "--in", rows.toString());
        CommandRun crowded = start("judged", "picky", plan.toString());
        assertThat(crowded.err()).contains("is not comparable", "400 rows in a run");
        assertThat(cost("judged", "cheap").path("inferences").asLong()).isEqualTo(200);
        assertThat(cost("judged", "dear").path("coreSecondsPer1000").asDouble())
                .isGreaterThan(cost("judged", "cheap").path("coreSecondsPer1000").asDouble());
        assertThat(cost("judged", "dear").path("pricePer1000").isNull()).isTrue();
    }

    private static JsonNode cost(String model, String version) {
        for (JsonNode each : tidegate("model", "show", model).json().path("versions")) {
            if (each.path("version").asText().equals(version)) {
                return each.path("cost");
            }
        }
        throw new AssertionError("no version " + version);
    }

    /** Asks the version itself as often as it takes to know its cost. */
    private static void measure(String model, String version, float x) {
        for (int i = 0; i < 200; i++) {
            ask(model, version, i, x);
        }
    }

    private static String answeredBy(String model, int unit) {
        return ask(model, "", unit, WORK).getParametersOrThrow("tidegate_version").getStringParam();
    }

    private static String reason(ModelInferResponse answer) {
        return answer.getParametersOrThrow("tidegate_reason").getStringParam();
    }

    private static ModelInferResponse ask(String model, String version, int unit, float x) {
        ModelInferRequest request =
                InferenceServer.ask(model, x)
                        .setModelVersion(version)
                        .putParameters(
                                "tidegate_unit",
                                InferParameter.newBuilder().setStringParam("unit-" + unit).build())
                        .build();
        GRPCInferenceServiceBlockingStub stub = GRPCInferenceServiceGrpc.newBlockingStub(channel);
        return stub.modelInfer(request);
    }

    private static String started(String model, String candidate) {
        CommandRun run = start(model, candidate, plan.toString());
        assertThat(run.code()).as(run.err()).isZero();
        return run.json().path("id").asText();
    }

    private static CommandRun start(String model, String candidate, String plan) {
        return tidegate("rollout", "start", model, "--candidate", candidate, "--plan", plan);
    }

    private static JsonNode rollout(String id) {
        return tidegate("rollout", "show", id).json();
    }

    private static void register(String model, String version, byte[] graph, String... more)
            throws IOException {
        Path file = Files.write(folder.resolve(version + ".onnx"), graph);
        CommandRun run =
                tidegate(
                        Stream.concat(
                                        Stream.of(
                                                "model",
                                                "register",
                                                model,
                                                file.toString(),
                                                "--version",
                                                version),
                                        Stream.of(more))
                                .toArray(String[]::new));
        assertThat(run.code()).as(run.err()).isZero();
    }

    private static CommandRun tidegate(String... arguments) {
        return CommandRun.of(
                Stream.concat(
                                Stream.of(arguments),
                                Stream.of("--home", home.toString(), "--output", "json"))
                        .toArray(String[]::new));
    }
}
