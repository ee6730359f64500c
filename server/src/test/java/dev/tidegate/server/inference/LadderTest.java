package dev.tidegate.server.inference;

import static dev.tidegate.server.inference.InferenceServer.ENGINEER;
import static dev.tidegate.server.inference.InferenceServer.ask;
import static dev.tidegate.server.inference.InferenceServer.floats;
import static dev.tidegate.server.inference.InferenceServer.parameter;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import dev.tidegate.proto.inference.ModelInferResponse;
import dev.tidegate.server.inference.onnx.TestGraph;
import dev.tidegate.server.journal.ArmEvent;
import dev.tidegate.server.journal.Outcome;
import dev.tidegate.server.platform.error.TidegateException;
import dev.tidegate.server.platform.storage.Database;
import dev.tidegate.server.registry.ModelRegistry;
import dev.tidegate.server.registry.RegisteredVersion;
import dev.tidegate.server.registry.VersionLoader;
import dev.tidegate.server.routing.FallbackFollower;
import dev.tidegate.server.routing.FallbackStatus;
import dev.tidegate.server.routing.FallbackWriter;
import dev.tidegate.server.routing.NewFallback;
import dev.tidegate.server.routing.RouteReason;
import dev.tidegate.server.stats.Arm;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who answers when the champion does not; its graph fails from 3 on. */
final class LadderTest {
    @TempDir private Path home;
    private InferenceServer server;
    private RegisteredVersion champion;
    private RegisteredVersion earlier;

    @BeforeEach
    void start() {
        server = InferenceServer.start(home, Map.of("tidegate.inference.inline-limit", "0ms"));
        champion = server.register("m", "2", TestGraph.plusThatFailsFromThree(1));
        earlier = server.register("m", "1", TestGraph.plus(10));
        server.champion(champion);
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void asksTheEarlierVersionWhenTheChampionFails() {
        set("1", "");
        ModelInferResponse response = answer(5);
        assertThat(floats(response)).containsExactly(15f);
        assertThat(parameter(response, "tidegate_version")).isEqualTo("1");
        assertThat(parameter(response, "tidegate_reason")).isEqualTo("fallback_version");
        assertThat(parameter(answer(1), "tidegate_reason")).isEqualTo("champion");
        assertThat(server.events().getFirst())
                .satisfies(
                        event -> {
                            assertThat(event.arm()).isEqualTo(Arm.CHAMPION);
                            assertThat(event.outcome()).isEqualTo(Outcome.FAILED);
                            assertThat(event.reason()).isEqualTo(RouteReason.FALLBACK_VERSION);
                            assertThat(event.answeredVersionId()).isEqualTo(earlier.id());
                        });
        assertThat(substitutes("version")).isOne();
    }

    @Test
    void asksTheRulesWhenTheEarlierVersionFailsToo() {
        RegisteredVersion bad = server.register("m", "0", TestGraph.plusThatFailsFromThree(5));
        set(bad.version(), "y = 0.5");
        ModelInferResponse response = answer(5);
        assertThat(floats(response)).containsExactly(0.5f);
        assertThat(response.getOutputs(0).getShapeList()).containsExactly(1L, 1L);
        assertThat(parameter(response, "tidegate_version")).isEqualTo("(rules)");
        assertThat(parameter(response, "tidegate_reason")).isEqualTo("fallback_rules");
        assertThat(server.events())
                .singleElement()
                .satisfies(
                        event -> {
                            assertThat(event.outcome()).isEqualTo(Outcome.FAILED);
                            assertThat(event.reason()).isEqualTo(RouteReason.FALLBACK_RULES);
                            assertThat(event.answeredVersionId()).isZero();
                        });
        assertThat(substitutes("rules")).isOne();
    }

    @Test
    void goesDownTheWholeLadderForACandidate() {
        RegisteredVersion candidate =
                server.register("m", "3", TestGraph.plusThatFailsFromThree(0));
        set("", "y = 0.25");
        server.canary(champion, candidate, 0.999);
        ModelInferResponse response = answer(5);
        assertThat(floats(response)).containsExactly(0.25f);
        ArmEvent event = server.events().getFirst();
        assertThat(event.arm()).isEqualTo(Arm.CANDIDATE);
        assertThat(event.outcome()).isEqualTo(Outcome.FAILED);
    }

    @Test
    void failsClearlyWhenNoRungAnswers() {
        assertThatThrownBy(() -> answer(5))
                .satisfies(
                        e ->
                                assertThat(Status.fromThrowable(e).getCode())
                                        .isEqualTo(Status.Code.INTERNAL))
                .hasMessageContaining("m version 2 failed on this request");
        set("", "y = 1 / 0 > 0 ? 1.0 : 2.0");
        assertThatThrownBy(() -> answer(5))
                .hasMessageContaining("m version 2 failed on this request")
                .hasMessageContaining("rules, line 1: 'y' fails on row 0");
        assertThat(substitutes("none")).isOne();
    }

    @Test
    void answersByRulesWhenTheChampionTakesTooLong() {
        server.champion(server.register("m", "9", TestGraph.plusThatTakesItsTime()));
        set("", "y = 0.75");
        ModelInferResponse response =
                server.stub()
                        .withDeadlineAfter(4, TimeUnit.SECONDS)
                        .modelInfer(ask("m", 1e10f).build());
        assertThat(floats(response)).containsExactly(0.75f);
        assertThat(server.events())
                .singleElement()
                .satisfies(event -> assertThat(event.outcome()).isEqualTo(Outcome.LATE));
    }

    @Test
    void standsInForNobodyWhoNamedTheVersion() {
        set("1", "y = 0.5");
        assertThatThrownBy(() -> server.stub().modelInfer(ask("m", 5).setModelVersion("2").build()))
                .hasMessageContaining("m version 2 failed");
    }

    @Test
    void keepsEachLadderWithWhoSetIt() {
        set("1", "y = 0.5");
        FallbackStatus first = status();
        assertThat(first.version()).contains("1");
        assertThat(first.rules()).isEqualTo("y = 0.5");
        assertThat(first.by()).isEqualTo(ENGINEER.name());
        set("", "y = 0.6");
        assertThat(status().revision()).isGreaterThan(first.revision());
        set("", "");
        assertThat(writer().status("m")).isEmpty();
        assertThatThrownBy(() -> answer(5)).hasMessageContaining("m version 2 failed");
    }

    @Test
    void replacesOnlyTheLadderThatWasSeen() {
        set("1", "y = 0.5");
        long seen = status().revision();
        set("", "y = 0.6");
        assertThatThrownBy(() -> writer().set(new NewFallback("", seen, "m", "", ""), ENGINEER))
                .hasMessageContaining("the ladder of model 'm' is at revision")
                .hasMessageContaining("expected " + seen);
        assertThat(status().rules()).isEqualTo("y = 0.6");
        writer().set(new NewFallback("", status().revision(), "m", "", ""), ENGINEER);
        assertThat(writer().status("m")).isEmpty();
    }

    @Test
    void refusesTheSecondOfTwoFirstLadders() {
        NewFallback first = new NewFallback("", NewFallback.NONE_YET, "m", "", "y = 0.5");
        NewFallback second = new NewFallback("", NewFallback.NONE_YET, "m", "", "y = 0.6");
        writer().set(first, ENGINEER);
        assertThatThrownBy(() -> writer().set(second, ENGINEER))
                .hasMessageContaining("expected none");
        assertThat(status().rules()).isEqualTo("y = 0.5");
        writer().set(new NewFallback("", status().revision(), "m", "", ""), ENGINEER);
        writer().set(second, ENGINEER);
        assertThat(status().rules()).isEqualTo("y = 0.6");
    }

    @Test
    void refusesALadderThatCannotBe() {
        assertThatThrownBy(() -> set("7", ""))
                .isInstanceOf(TidegateException.class)
                .hasMessageContaining("version '7' of model 'm' is unknown");
        server.register("m", "0", TestGraph.identity(DataType.FLOAT, "N", 2));
        assertThatThrownBy(() -> set("0", ""))
                .hasMessageContaining(
                        "m version 0 cannot stand in for the champion 2: input 'x' is");
        assertThatThrownBy(() -> set("", "y = x"))
                .hasMessageContaining("rules, line 1, column 5: undeclared reference to 'x'");
        assertThatThrownBy(
                        () -> writer().set(new NewFallback("", 0, "none", "", "y = 1.0"), ENGINEER))
                .hasMessageContaining("model 'none'");
    }

    @Test
    void passesOverAVersionThatDiffersFromALaterChampion() {
        set("1", "");
        server.champion(
                server.register(
                        "m",
                        "9",
                        TestGraph.plusThatFailsFromThree(1),
                        """
                        {"columns": [{"name": "age", "kind": "number", "input": "x", "index": 0,
                                      "nullable": true}],
                         "inputs": [{"name": "x", "datatype": "FP32", "shape": [-1, 1]}],
                         "outputs": [{"name": "y", "datatype": "FP32", "shape": [-1, 1]}]}
                        """));
        assertThatThrownBy(() -> answer(5))
                .hasMessageContaining("m version 9 failed on this request")
                .hasMessageContaining("m version 1 cannot stand in: column 'age' is missing here");
    }

    @Test
    void keepsTheVersionOfALadderLoaded() {
        set("1", "");
        assertThatThrownBy(() -> server.context.getBean(VersionLoader.class).unload(earlier.id()))
                .hasMessageContaining("stays loaded");
    }

    @Test
    void loadsTheVersionOfALadderOnceItsFileCanBeRead() throws IOException {
        Path artifact = server.artifact(earlier);
        byte[] model = Files.readAllBytes(artifact);
        Files.delete(artifact);
        writer().set(new NewFallback("", 0, "m", "1", ""), ENGINEER);
        LoadedVersions versions = server.context.getBean(LoadedVersions.class);
        assertThatThrownBy(() -> versions.load(earlier)).hasMessageContaining("artifact");
        Files.write(artifact, model);
        server.context.getBean(FallbackFollower.class).start();
        await().until(() -> versions.isLoaded(earlier.id()));
        assertThat(floats(answer(5))).containsExactly(15f);
    }

    @Test
    void answersByRulesWhereTheChampionCannotBeLoaded(@TempDir Path withoutFiles) {
        set("", "y = 0.5");
        ModelRegistry registry = server.context.getBean(ModelRegistry.class);
        server.context
                .getBean(Database.class)
                .transaction(
                        tx -> {
                            registry.setAlias(tx, "champion", champion, ENGINEER.name());
                            return champion;
                        });
        try (InferenceServer beside = server.beside(withoutFiles, Map.of())) {
            beside.context.getBean(FallbackFollower.class).start();
            ModelInferResponse response =
                    await().ignoreException(StatusRuntimeException.class)
                            .until(
                                    () -> beside.stub().modelInfer(ask("m", 5).build()),
                                    given -> true);
            assertThat(floats(response)).containsExactly(0.5f);
            assertThat(parameter(response, "tidegate_reason")).isEqualTo("fallback_rules");
            assertThat(beside.events().getLast())
                    .satisfies(
                            event -> {
                                assertThat(event.routedVersionId()).isEqualTo(champion.id());
                                assertThat(event.outcome()).isEqualTo(Outcome.FAILED);
                                assertThat(event.inEvidence()).isFalse();
                            });
        }
    }

    private void set(String version, String rules) {
        writer().set(new NewFallback("", 0, "m", version, rules), ENGINEER);
        await().until(
                        () ->
                                server.context.getBean(LoadedVersions.class).all().stream()
                                        .map(loaded -> loaded.version().version())
                                        .anyMatch(
                                                name -> version.isEmpty() || name.equals(version)));
    }

    private FallbackWriter writer() {
        return server.context.getBean(FallbackWriter.class);
    }

    private FallbackStatus status() {
        return writer().status("m").orElseThrow();
    }

    private ModelInferResponse answer(float x) {
        return server.stub().modelInfer(ask("m", x).build());
    }

    private double substitutes(String rung) {
        return server.context.getBean(Substitutes.class).families().stream()
                .flatMap(family -> family.samples().stream())
                .filter(
                        sample ->
                                sample.labels().stream()
                                        .anyMatch(label -> label.value().equals(rung)))
                .mapToDouble(sample -> sample.value())
                .sum();
    }
}
