package dev.tidegate.server.predictionlog;

import static dev.tidegate.server.inference.InferenceServer.ENGINEER;
import static dev.tidegate.server.inference.InferenceServer.ask;
import static dev.tidegate.server.inference.InferenceServer.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import dev.tidegate.proto.inference.InferTensorContents;
import dev.tidegate.proto.inference.ModelInferRequest;
import dev.tidegate.proto.inference.ModelInferRequest.InferInputTensor;
import dev.tidegate.proto.inference.ModelInferResponse;
import dev.tidegate.proto.v1.Entry;
import dev.tidegate.server.evidence.EvidenceDelivery;
import dev.tidegate.server.inference.InferenceServer;
import dev.tidegate.server.inference.onnx.TestGraph;
import dev.tidegate.server.journal.ArmEvent;
import dev.tidegate.server.journal.Outcome;
import dev.tidegate.server.platform.duckdb.DuckDb;
import dev.tidegate.server.platform.duckdb.DuckDbLimits;
import dev.tidegate.server.platform.duckdb.DuckDbRows;
import dev.tidegate.server.platform.storage.Database;
import dev.tidegate.server.registry.RegisteredVersion;
import io.grpc.StatusRuntimeException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the log keeps of requests that a real server answers. */
final class LogSettingsTest {
    private static final String SIGNATURE =
            """
            {"columns":[
              {"name":"tenure","kind":"number","input":"numbers","index":0,"nullable":false},
              {"name":"charge","kind":"number","input":"numbers","index":1,"nullable":false},
              {"name":"contract","kind":"category","input":"contract","index":0,"nullable":false}],
             "inputs":[
              {"name":"numbers","datatype":"FP32","shape":[-1,2]},
              {"name":"contract","datatype":"BYTES","shape":[-1,1]}],
             "outputs":[
              {"name":"same","datatype":"FP32","shape":[-1,2]},
              {"name":"kind","datatype":"BYTES","shape":[-1,1]}]}
            """;

    @TempDir private Path home;
    private InferenceServer server;
    private LogSettingsBook book;
    private PredictionLogDelivery delivery;

    @BeforeEach
    void start() {
        server = InferenceServer.start(home, Map.of("tidegate.journal.segment-bytes", 1 << 20));
        book = server.context.getBean(LogSettingsBook.class);
        delivery = server.context.getBean(PredictionLogDelivery.class);
        delivery.roll();
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void keepsARedactedValueNowhere() {
        server.champion(server.register("m", "1", TestGraph.tabular(), SIGNATURE));
        server.stub().modelInfer(row("unmistakable-before", "someone-before"));
        set("m", List.of("contract", "kind", "tidegate_unit"), 1);
        ModelInferResponse answer =
                server.stub().modelInfer(row("unmistakable-value", "someone-known"));
        assertThat(answer.getOutputs(1).getContents().getBytesContents(0).toStringUtf8())
                .isEqualTo("unmistakable-value");
        delivery.follow();
        assertThat(kept("unmistakable-before")).isTrue();
        assertThat(kept("someone-before")).isTrue();
        assertThat(kept("unmistakable-value")).isFalse();
        assertThat(kept("someone-known")).isFalse();
    }

    @Test
    void keepsPredictionsForTwoDaysInTheDatabaseAndNinetyInAll() {
        assertThat(server.context.getBean(PredictionLogConfig.class))
                .isEqualTo(new PredictionLogConfig(Duration.ofDays(2), Duration.ofDays(90)));
    }

    @Test
    void writesARedactedValueIntoNoFile() {
        server.champion(server.register("m", "1", TestGraph.tabular(), SIGNATURE));
        set("m", List.of("contract", "kind", "tenure"), 1);
        server.stub().modelInfer(row("unmistakable-value", "someone"));
        delivery.follow();
        UUID id = server.events().getLast().predictionId();
        LogHandOver handOver = server.context.getBean(LogHandOver.class);
        assertThat(handOver.handOver(LogBucket.of(id).hour(), tx -> {}).files()).hasSize(1);
        assertThat(inFiles("request::varchar || response::varchar"))
                .doesNotContain("unmistakable")
                .contains("tidegate_redacted");
        assertThat(inFiles("inputs")).isEqualTo("{\"numbers\":[null,70.5],\"contract\":[\"\"]}");
        assertThat(newest().getRedactedList()).containsExactly("contract", "kind", "tenure");
    }

    @Test
    void takesOutOfFilesWhatIsRedactedWhenTheyAreWritten() {
        server.champion(server.register("m", "1", TestGraph.tabular(), SIGNATURE));
        server.stub().modelInfer(row("unmistakable-value", "someone"));
        delivery.follow();
        assertThat(kept("unmistakable-value")).isTrue();
        set("m", List.of("contract", "kind", "tenure"), 1);
        UUID id = server.events().getLast().predictionId();
        LogHandOver handOver = server.context.getBean(LogHandOver.class);
        assertThat(handOver.handOver(LogBucket.of(id).hour(), tx -> {}).done()).isTrue();
        assertThat(inFiles("request::varchar || response::varchar"))
                .doesNotContain("unmistakable")
                .contains("tidegate_redacted");
        assertThat(newest().getRedactedList()).containsExactly("contract", "kind", "tenure");
    }

    private @Nullable String inFiles(String expression) {
        Path root = server.context.getBean(LogFileStore.class).root();
        DuckDbLimits limits = server.context.getBean(DuckDbLimits.class);
        try (DuckDb duckDb = DuckDb.open(limits, List.of(root));
                DuckDbRows rows =
                        duckDb.query(
                                "select %s from read_parquet('%s/model=m/*/*/*.parquet')"
                                        .formatted(expression, root))) {
            return rows.next() ? rows.text(0) : null;
        }
    }

    @Test
    void saysWhichFieldsAreRedactedAndKeepsTheOthers() throws IOException {
        server.champion(server.register("m", "1", TestGraph.tabular(), SIGNATURE));
        set("m", List.of("tenure", "same"), 1);
        server.stub().modelInfer(row("monthly", "someone"));
        Entry entry = newest();
        assertThat(entry.getRedactedList()).containsExactly("same", "tenure");
        assertThat(entry.getAbsent()).isEmpty();
        ModelInferRequest request = ModelInferRequest.parseFrom(entry.getRequest());
        assertThat(request.getInputs(0).getContents().getFp32ContentsList())
                .containsExactly(Float.NaN, 70.5f);
        assertThat(request.getInputs(1).getContents().getBytesContents(0).toStringUtf8())
                .isEqualTo("monthly");
        ModelInferResponse response = ModelInferResponse.parseFrom(entry.getResponse());
        assertThat(response.getOutputs(0).getContents().getFp32ContentsList())
                .containsExactly(Float.NaN, Float.NaN);
        assertThat(response.getOutputs(1).getContents().getBytesContents(0).toStringUtf8())
                .isEqualTo("monthly");
    }

    @Test
    void doesNotTakeAClientsWordForARedaction() {
        server.champion(server.register("m", "1", TestGraph.plus(10)));
        server.stub().modelInfer(ask("m", 5).putParameters("tidegate_redacted", text("x")).build());
        assertThat(newest().getRedactedList()).isEmpty();
    }

    @Test
    void keepsNoReasonThatMayHoldARedactedValue() {
        server.champion(server.register("m", "1", TestGraph.plusThatFailsFromThree(10)));
        assertThatThrownBy(() -> server.stub().modelInfer(ask("m", 4711).build()))
                .hasMessageContaining("4711");
        assertThat(server.events().getLast().error()).contains("4711");
        set("m", List.of("x"), 1);
        assertThatThrownBy(() -> server.stub().modelInfer(ask("m", 4712).build()))
                .isInstanceOf(StatusRuntimeException.class)
                .hasMessageContaining("4712");
        ArmEvent failed = server.events().getLast();
        assertThat(failed.outcome()).isEqualTo(Outcome.FAILED);
        assertThat(failed.error()).isEqualTo(KeptMessages.NO_REASON);
        assertThat(failed.request().isRedacted()).isTrue();
    }

    @Test
    void keepsMessagesOfASampleAndOutcomesOfAll() {
        RegisteredVersion version = server.register("m", "1", TestGraph.plusThatFailsFromThree(10));
        server.champion(version);
        set("m", List.of(), 0.1);
        for (int i = 0; i < 300; i++) {
            answerOrFail(i % 10 == 9 ? 3 : 1);
        }
        delivery.follow();
        List<ArmEvent> events = server.events();
        List<ArmEvent> logged = database().read(LoggedEvents::of);
        LogSettings settings = book.get("m").settings();
        assertThat(logged).hasSize(300);
        assertThat(logged)
                .allSatisfy(
                        event ->
                                assertThat(event.request().isWhole())
                                        .isEqualTo(settings.keepsMessages(event.predictionId())));
        assertThat(logged.stream().filter(event -> event.request().isWhole()))
                .hasSizeBetween(8, 80);
        assertThat(logged.stream().filter(event -> !event.outcome().isOk())).hasSize(30);
        assertThat(events).hasSize(300).allMatch(event -> event.request().isWhole());
        PredictionLog log = server.context.getBean(PredictionLog.class);
        assertThat(log.count(PredictionFilter.all().ofModel("m"))).isEqualTo(300);
        assertThat(log.count(PredictionFilter.all().thatFailed())).isEqualTo(30);
        assertEvidenceOf(300, 30);
    }

    private void answerOrFail(float x) {
        try {
            server.stub().modelInfer(ask("m", x).build());
        } catch (StatusRuntimeException e) {
            assertThat(x).isEqualTo(3f);
        }
    }

    private void assertEvidenceOf(long requests, long errors) {
        try (EvidenceDelivery evidence = server.context.getBean(EvidenceDelivery.class)) {
            evidence.start();
            Awaitility.await()
                    .untilAsserted(
                            () -> {
                                assertThat(sum("requests")).isEqualTo(requests);
                                assertThat(sum("errors")).isEqualTo(errors);
                            });
        }
    }

    private long sum(String column) {
        return database()
                .read(
                        handle ->
                                handle.createQuery(
                                                "select coalesce(sum("
                                                        + column
                                                        + "), 0) from evidence_row")
                                        .mapTo(Long.class)
                                        .one());
    }

    @Test
    void saysOfWhatIsNotInTheSampleWhyItsMessagesAreNotKept() {
        server.champion(server.register("m", "1", TestGraph.plus(10)));
        set("m", List.of(), 0);
        server.stub().modelInfer(ask("m", 5).setId("mine").build());
        Entry entry = newest();
        assertThat(entry.getOutcome()).isEqualTo("OK");
        assertThat(entry.getRoutedVersion()).isEqualTo("1");
        assertThat(entry.getRequest().isEmpty()).isTrue();
        assertThat(entry.getAbsent()).isEqualTo("not kept: this model's log is sampled at 0 %");
        set("m", List.of(), 0.125);
        assertThat(newest().getAbsent())
                .isEqualTo("not kept: this model's log was then sampled at 0 %");
    }

    @Test
    void refusesAFieldThatNoVersionHasAndSaysWhichThereAre() {
        server.register("m", "1", TestGraph.tabular(), SIGNATURE);
        assertThatThrownBy(() -> set("m", List.of("age"), 1))
                .hasMessage(
                        "field 'age' of model 'm' is unknown; known: charge, contract, kind, numbers, same,"
                                + " tenure, tidegate_unit");
        assertThatThrownBy(() -> set("m", List.of(), 1.5))
                .hasMessage("sample is 1.5: expected a share from 0 to 1, such as 0.1");
        assertThatThrownBy(() -> set("nobody", List.of(), 1))
                .hasMessageContaining("model 'nobody' is unknown");
        assertThat(book.get("m")).isEqualTo(LogSettingsRow.NONE);
    }

    @Test
    void writesEveryChangeIntoTheAuditTrailAndRefusesAStaleOne() {
        server.register("m", "1", TestGraph.plus(10));
        long first = set("m", List.of("x"), 0.5).id();
        set("m", List.of("x"), 0.5);
        long second = set("m", List.of(), 0.5).id();
        assertThatThrownBy(() -> book.set("", first, "m", LogSettings.ALL, ENGINEER))
                .hasMessageContaining("revision " + second + ", expected " + first);
        long changes =
                database()
                        .read(
                                handle ->
                                        handle.createQuery(
                                                        "select count(*) from audit_event where action = 'log.settings'")
                                                .mapTo(Long.class)
                                                .one());
        assertThat(changes).isEqualTo(2);
    }

    @Test
    void refusesTheSecondOfTwoFirstChanges() {
        server.register("m", "1", TestGraph.plus(10));
        LogSettings redacts = new LogSettings(List.of("x"), 1);
        long first = book.set("", -1, "m", redacts, ENGINEER).id();
        assertThatThrownBy(() -> book.set("", -1, "m", new LogSettings(List.of("y"), 1), ENGINEER))
                .hasMessageContaining("revision " + first + ", expected 0");
        assertThat(book.get("m").settings()).isEqualTo(redacts);
    }

    @Test
    void isInForceOnOtherServersAndAfterARestart() {
        RegisteredVersion version = server.register("m", "1", TestGraph.plus(10));
        KnownLogSettings other = new KnownLogSettings(database(), new LogSettingsTable());
        try {
            other.start();
            assertThat(other.of(version.modelId())).isEqualTo(LogSettings.ALL);
            set("m", List.of("y"), 0.25);
            Awaitility.await()
                    .untilAsserted(
                            () ->
                                    assertThat(other.of(version.modelId()))
                                            .isEqualTo(new LogSettings(List.of("y"), 0.25)));
        } finally {
            other.close();
        }
    }

    private LogSettingsRow set(String model, List<String> redacted, double sample) {
        return book.set("", 0, model, new LogSettings(redacted, sample), ENGINEER);
    }

    private Entry newest() {
        delivery.follow();
        UUID id = server.events().getLast().predictionId();
        return PredictionLogProtoMapper.whole(
                        server.context.getBean(PredictionLog.class).find(id.toString()))
                .getEntries(0);
    }

    private Database database() {
        return server.context.getBean(Database.class);
    }

    /** Returns whether a text lies in the journal or in the log. */
    private boolean kept(String text) {
        byte[] wanted = text.getBytes(StandardCharsets.UTF_8);
        try (Stream<Path> files = Files.walk(home.resolve("journal"))) {
            return files.filter(Files::isRegularFile).anyMatch(file -> has(file, wanted))
                    || database()
                                    .read(
                                            handle ->
                                                    handle.createQuery(
                                                                    "select count(*) from prediction_block where position(:text in body) > 0")
                                                            .bind("text", wanted)
                                                            .mapTo(Long.class)
                                                            .one())
                            > 0;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static boolean has(Path file, byte[] wanted) {
        try {
            return ByteString.copyFrom(Files.readAllBytes(file))
                    .toString(StandardCharsets.ISO_8859_1)
                    .contains(new String(wanted, StandardCharsets.ISO_8859_1));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static ModelInferRequest row(String contract, String unit) {
        return ModelInferRequest.newBuilder()
                .setModelName("m")
                .putParameters("tidegate_unit", text(unit))
                .addInputs(
                        InferInputTensor.newBuilder()
                                .setName("numbers")
                                .setDatatype("FP32")
                                .addAllShape(List.of(1L, 2L))
                                .setContents(
                                        InferTensorContents.newBuilder()
                                                .addFp32Contents(12)
                                                .addFp32Contents(70.5f)))
                .addInputs(
                        InferInputTensor.newBuilder()
                                .setName("contract")
                                .setDatatype("BYTES")
                                .addAllShape(List.of(1L, 1L))
                                .setContents(
                                        InferTensorContents.newBuilder()
                                                .addBytesContents(
                                                        ByteString.copyFromUtf8(contract))))
                .build();
    }
}
