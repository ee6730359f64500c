package dev.tidegate.server.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import com.fasterxml.jackson.databind.JsonNode;
import com.google.protobuf.ByteString;
import dev.tidegate.server.CommandRun;
import dev.tidegate.server.WholeServer;
import dev.tidegate.server.inference.onnx.TestGraph;
import dev.tidegate.server.inference.remote.ForeignServer;
import dev.tidegate.server.platform.home.Home;
import dev.tidegate.server.platform.metric.MetricSample;
import dev.tidegate.server.platform.storage.Database;
import dev.tidegate.server.predictionlog.KeptMessages;
import io.grpc.Status;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Batch jobs from a file on the command line to the file with the result. */
final class BatchJobTest {
    /** So many turns of a loop that no test waits for them. */
    private static final String ENDLESS = "1000000000";

    /** The float 2, little-endian. */
    private static final byte[] TWO = {0, 0, 0, 0x40};

    @TempDir private static Path folder;
    private static Path home;
    private static WholeServer server;

    @BeforeAll
    static void start() throws IOException {
        home = folder.resolve("home");
        server = WholeServer.start(home);
        register("plus", TestGraph.plus(1));
        register("picky", TestGraph.plusThatFailsFromThree(10));
        register("guarded", TestGraph.plusThatFailsFromThree(10));
        register("mean", TestGraph.lessTheMeanOfAllRows());
        register("slow", TestGraph.plusThatTakesItsTime());
        register("whole", TestGraph.identity(DataType.INT64, "N", 1));
        register("wide", TestGraph.identity(DataType.FLOAT, "N", 2));
    }

    private static void register(String model, byte[] graph) throws IOException {
        Path file = Files.write(folder.resolve(model + ".onnx"), graph);
        assertThat(
                        tidegate("model", "register", model, file.toString(), "--alias", "champion")
                                .code())
                .isZero();
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void answersAllRowsInTheirOrderAndCopiesKeptColumns() throws IOException {
        Path in =
                file(
                        "many.csv",
                        "customer,x\n"
                                + String.join(
                                        "\n",
                                        IntStream.range(0, 1000)
                                                .mapToObj(i -> "\"c,%d\",%d.5".formatted(i, i))
                                                .toList()));
        Path out = folder.resolve("many-out.csv");

        CommandRun run = predict("plus", in, out, "--keep", "customer");

        assertThat(run.code()).as(run.err()).isZero();
        assertThat(run.json().path("rows").asInt()).isEqualTo(1000);
        assertThat(run.json().path("failed").asInt()).isZero();
        assertThat(run.json().path("seconds").isNumber()).isTrue();
        assertThat(run.err()).contains("is queued", "succeeded");
        List<String> lines = Files.readAllLines(out);
        assertThat(lines).hasSize(1001).startsWith("row,customer,y,error");
        assertThat(lines.get(1)).isEqualTo("1,\"c,0\",1.5,");
        assertThat(lines.get(1000)).isEqualTo("1000,\"c,999\",1000.5,");
        assertThat(audited(run.json().path("id").asText()))
                .containsExactly("batch.queued", "batch.running", "batch.succeeded");
    }

    @Test
    void failsABrokenRowAlone() throws IOException {
        Path in = file("broken.csv", "x\n0\nabc\n2\n7\n1,1\n\"\"\n1\n");
        Path out = folder.resolve("broken-out.csv");

        CommandRun run = predict("picky", in, out);

        assertThat(run.code()).isEqualTo(1);
        assertThat(run.err()).contains("4 of 7 rows failed");
        assertThat(run.json().path("failed").asInt()).isEqualTo(4);
        List<String> lines = Files.readAllLines(out);
        assertThat(lines.get(1)).isEqualTo("1,10.0,");
        assertThat(lines.get(2)).startsWith("2,,").contains("feature 'x' is abc");
        assertThat(lines.get(3)).isEqualTo("3,12.0,");
        assertThat(lines.get(4)).startsWith("4,,").contains("indices element out of data bounds");
        assertThat(lines.get(5)).isEqualTo("5,,\"it has 2 values, expected 1 as in the header\"");
        assertThat(lines.get(6)).startsWith("6,,").contains("no value for x");
        assertThat(lines.get(7)).isEqualTo("7,11.0,");
    }

    @Test
    void keepsNoReasonOfARowWhoseFieldsAreRedacted() throws IOException {
        CommandRun set = tidegate("log", "settings", "guarded", "--redact", "x", "--sample", "10%");
        assertThat(set.json().path("redacted").get(0).asText()).as(set.err()).isEqualTo("x");
        assertThat(set.json().path("sample").asDouble()).isEqualTo(0.1);
        Path out = folder.resolve("guarded-out.csv");

        predict("guarded", file("guarded.csv", "x\n0\nabc\n4711\n"), out);

        assertThat(Files.readAllLines(out))
                .containsExactly(
                        "row,y,error",
                        "1,10.0,",
                        "2,,\"" + KeptMessages.NO_REASON + "\"",
                        "3,,\"" + KeptMessages.NO_REASON + "\"");
        CommandRun unknown = tidegate("log", "settings", "guarded", "--unredact", "y");
        assertThat(unknown.code()).isEqualTo(2);
        assertThat(unknown.err()).contains("field 'y' is not redacted", "redacted are [x]");
        CommandRun none = tidegate("log", "settings", "guarded", "--unredact", "x");
        assertThat(none.json().path("redacted").isEmpty()).isTrue();
        assertThat(none.json().path("sample").asDouble()).isEqualTo(0.1);
        assertThat(tidegate("log", "settings", "guarded", "--sample", "11").code()).isEqualTo(2);
    }

    @Test
    void refusesColumnsTooManyOrTooFewBeforeAJobIsQueued() throws IOException {
        Path out = folder.resolve("refused.csv");

        CommandRun foreign = predict("plus", file("foreign.csv", "x,b,a\n1,2,3\n"), out);
        CommandRun missing = predict("plus", file("missing.csv", "w\n1\n"), out, "--keep", "w");
        CommandRun kept = predict("plus", file("kept.csv", "x\n1\n"), out, "--keep", "id");
        CommandRun taken = predict("plus", file("taken.csv", "x,row\n1,1\n"), out, "--keep", "row");
        CommandRun empty = predict("plus", file("empty.csv", "x\n"), out);
        CommandRun json = predict("plus", file("foreign.json", "[{\"x\": 1, \"z\": 2}]"), out);

        assertThat(foreign.code()).isEqualTo(1);
        assertThat(foreign.err())
                .contains("plus version 1 does not take: a, b", "the model's columns are x");
        assertThat(missing.err()).contains("missing.csv has no column x").doesNotContain("queued");
        assertThat(kept.err()).contains("kept.csv has no column 'id' to keep");
        assertThat(taken.err()).contains("column 'row' cannot be kept");
        assertThat(empty.err()).contains("empty.csv has no rows");
        assertThat(json.err()).contains("does not take: z");
        assertThat(out).doesNotExist();
        assertThat(tidegate("batch", "list").json().path("batches"))
                .extracting(job -> job.path("input").asText())
                .doesNotContain("foreign.csv", "missing.csv", "kept.csv", "taken.csv", "empty.csv");
    }

    @Test
    void readsAndWritesAnObjectALine() throws IOException {
        Path in = file("rows.jsonl", "{\"x\": [1, 2], \"id\": 7}\n{\"x\": \"no\"}\n[3]\n");
        Path out = folder.resolve("rows-out.jsonl");

        CommandRun run = predict("wide", in, out, "--keep", "id");

        assertThat(run.json().path("rows").asInt()).as(run.err()).isEqualTo(3);
        List<String> lines = Files.readAllLines(out);
        assertThat(lines.get(0)).isEqualTo("{\"row\":1,\"id\":7,\"y\":[1.0,2.0]}");
        assertThat(lines.get(1)).startsWith("{\"row\":2,\"error\":").contains("expected a list");
        assertThat(lines.get(2)).startsWith("{\"row\":3,\"error\":").contains("expected an object");
    }

    @Test
    void readsAndWritesParquet() throws Exception {
        Path in =
                parquet(
                        "many.parquet",
                        "select i as customer, case when i = 7 then null else i + 0.5::double end as x"
                                + " from range(1000) t(i)");
        Path out = folder.resolve("many-out.parquet");

        CommandRun run = predict("plus", in, out, "--keep", "customer");

        assertThat(run.json().path("rows").asInt()).as(run.err()).isEqualTo(1000);
        assertThat(run.json().path("failed").asInt()).isEqualTo(1);
        assertThat(
                        asked(
                                "select count(*), sum(y), typeof(any_value(y)), max(\"row\"),"
                                        + " count(error) from '"
                                        + out
                                        + "'"))
                .containsExactly("1000", "500991.5", "DOUBLE", "1000", "1");
        assertThat(asked("select customer, y, error from '" + out + "' where \"row\" = 8"))
                .containsExactly(
                        "7", null, "row 8 has no value for x, expected a list such as [1, 2.5]");
        assertThat(asked("select y from '" + out + "' where \"row\" = 1000"))
                .containsExactly("1000.5");
        assertThat(tidegate("predict", "plus", "--in", in.toString()).err())
                .contains("no value for x");
    }

    @Test
    void takesListsOfParquetAndWritesSeveralElementsAsAList() throws Exception {
        Path in =
                parquet(
                        "lists.parquet",
                        "select * from (values ([1.0::float, 2.0::float], 'a'), (null, 'b'),"
                                + " ([3.0::float], 'c')) t(x, id)");
        Path out = folder.resolve("lists-out.parquet");

        CommandRun run = predict("wide", in, out, "--keep", "id");

        assertThat(run.json().path("failed").asInt()).as(run.err()).isEqualTo(2);
        String rows = "select id, y, error from '" + out + "' where \"row\" = ";
        assertThat(asked(rows + 1)).containsExactly("a", "[1.0,2.0]", null);
        assertThat(asked(rows + 2).getLast()).contains("no value for x");
        assertThat(asked(rows + 3).getLast()).contains("feature 'x' has 1 elements");
        Path csv = folder.resolve("lists-out.csv");
        predict("wide", in, csv, "--keep", "id");
        assertThat(Files.readAllLines(csv).get(1)).isEqualTo("1,a,\"[1.0,2.0]\",");
    }

    @Test
    void refusesALargeRowOfParquetBeforeAJobIsQueued() throws Exception {
        Path in =
                parquet("huge.parquet", "select list_transform(range(2000000), lambda i: 1) as x");

        CommandRun run = predict("plus", in, folder.resolve("huge.csv"));

        assertThat(run.code()).isEqualTo(1);
        assertThat(run.err())
                .contains("column 'x' of huge.parquet has a row with 2000000 values in its lists")
                .doesNotContain("queued");
        assertThat(tidegate("predict", "plus", "--in", in.toString()).err())
                .contains("with 2000000 values");
    }

    @Test
    void takesWholeNumbersOfAFloatingColumnForThoseOfAnInput() throws Exception {
        Path in = parquet("whole.parquet", "select * from (values (3.0::double), (2.5)) t(x)");
        Path out = folder.resolve("whole.csv");

        CommandRun run = predict("whole", in, out);

        assertThat(run.json().path("failed").asInt()).as(run.err()).isEqualTo(1);
        assertThat(Files.readAllLines(out).get(1)).isEqualTo("1,3,");
        assertThat(Files.readAllLines(out).get(2)).contains("a value that INT64 can hold");
    }

    @Test
    void refusesColumnsOfParquetThatDifferInCaseOnly() throws IOException {
        Path in = file("case.csv", "x,Y\n1,7\n");

        CommandRun refused = predict("plus", in, folder.resolve("case.parquet"), "--keep", "Y");
        CommandRun csv = predict("plus", in, folder.resolve("case-out.csv"), "--keep", "Y");

        assertThat(refused.code()).isEqualTo(1);
        assertThat(refused.err()).contains("two columns 'y' that differ in case only");
        assertThat(csv.code()).as(csv.err()).isZero();
    }

    @Test
    void countsRowsAndJobs() throws IOException {
        BatchCounts counts = server.context().getBean(BatchCounts.class);
        double answered = metric(counts, "tidegate_batch_rows", "answered");
        double failed = metric(counts, "tidegate_batch_rows", "failed");
        double ended = metric(counts, "tidegate_batch_jobs_ended", "succeeded");

        predict("plus", file("count.csv", "x\n1\nno\n2\n"), folder.resolve("count-out.csv"));

        assertThat(metric(counts, "tidegate_batch_rows", "answered")).isEqualTo(answered + 2);
        assertThat(metric(counts, "tidegate_batch_rows", "failed")).isEqualTo(failed + 1);
        assertThat(metric(counts, "tidegate_batch_jobs_ended", "succeeded")).isEqualTo(ended + 1);
        String slow = submit("slow", file("counted.csv", "x\n" + ENDLESS + "\n"));
        await().atMost(Duration.ofMinutes(1))
                .until(() -> metric(counts, "tidegate_batch_jobs", "running") == 1);
        tidegate("batch", "cancel", slow);
        assertThat(metric(counts, "tidegate_batch_jobs_ended", "cancelled")).isPositive();
        await().atMost(Duration.ofMinutes(1))
                .until(() -> metric(counts, "tidegate_batch_jobs", "running") == 0);
    }

    private static double metric(BatchCounts counts, String name, String label) {
        return counts.families().stream()
                .filter(family -> family.name().equals(name))
                .flatMap(family -> family.samples().stream())
                .filter(sample -> sample.labels().getFirst().value().equals(label))
                .mapToDouble(MetricSample::value)
                .findFirst()
                .orElse(Double.NaN);
    }

    @Test
    void refusesWhatIsNoParquet() throws IOException {
        CommandRun run =
                predict("plus", file("text.parquet", "x\n1\n"), folder.resolve("none.csv"));
        assertThat(run.code()).isNotZero();
        assertThat(run.err()).contains("text.parquet cannot be read as Parquet");
    }

    private static Path parquet(String name, String rows) throws SQLException {
        Path file = folder.resolve(name);
        try (Connection duckDb = DriverManager.getConnection("jdbc:duckdb:");
                Statement statement = duckDb.createStatement()) {
            statement.execute("copy (" + rows + ") to '" + file + "' (format parquet)");
        }
        return file;
    }

    /** Returns the only row's cells as text. */
    private static List<@Nullable String> asked(String query) throws SQLException {
        try (Connection duckDb = DriverManager.getConnection("jdbc:duckdb:");
                Statement statement = duckDb.createStatement();
                ResultSet row = statement.executeQuery(query)) {
            assertThat(row.next()).isTrue();
            List<@Nullable String> cells = new ArrayList<>();
            for (int i = 1; i <= row.getMetaData().getColumnCount(); i++) {
                cells.add(row.getString(i));
            }
            return cells;
        }
    }

    @Test
    void asksRowsOneByOneWhereTheGraphMixesThem() throws IOException {
        Path out = folder.resolve("mean-out.csv");

        predict("mean", file("mean.csv", "x\n1\n2\n6\n"), out);

        assertThat(Files.readAllLines(out))
                .containsExactly("row,y,error", "1,0.0,", "2,0.0,", "3,0.0,");
    }

    @Test
    void cancelsWithinARunAndGoesOnWithTheNextJob() throws IOException {
        Path slow = file("slow.csv", "x\n" + ENDLESS + "\n");
        String id = submit("slow", slow);
        String next = submit("plus", file("next.csv", "x\n1\n"));
        await().until(() -> state(id).equals("running"));
        assertThat(state(next)).isEqualTo("queued");

        assertThat(tidegate("batch", "cancel", id).json().path("state").asText())
                .isEqualTo("cancelled");

        await().until(() -> state(next).equals("succeeded"));
        assertThat(state(id)).isEqualTo("cancelled");
        assertThat(tidegate("batch", "cancel", id).err()).contains("has cancelled already");
        CommandRun result =
                tidegate("batch", "result", id, "--out", folder.resolve("none.csv").toString());
        assertThat(result.code()).isEqualTo(1);
        assertThat(result.err()).contains("is cancelled and has no result");
        assertThat(folder.resolve("none.csv")).doesNotExist();
        assertThat(audited(id)).containsExactly("batch.queued", "batch.running", "batch.cancelled");
    }

    @Test
    void beginsAgainWhatAnotherServerLeft() throws IOException {
        String slow = submit("slow", file("blocks.csv", "x\n" + ENDLESS + "\n"));
        await().until(() -> state(slow).equals("running"));
        String left = submit("plus", file("left.csv", "x\n1\n"));
        String often = submit("plus", file("often.csv", "x\n1\n"));
        leave(left, 1);
        leave(often, 3);

        tidegate("batch", "cancel", slow);

        await().until(() -> state(left).equals("succeeded"));
        assertThat(show(left).path("attempts").asInt()).isEqualTo(2);
        await().until(() -> state(often).equals("failed"));
        assertThat(show(often).path("message").asText())
                .contains("begun 3 times and its server ended each time");
    }

    @Test
    void waitsForAVersionWhoseServerHasNoRoom() throws IOException {
        try (ForeignServer there = new ForeignServer(1)) {
            registerRemote("roomy", there);
            AtomicInteger answers = new AtomicInteger(3);
            there.behaviour =
                    (request, observer) -> {
                        if (answers.getAndDecrement() > 0) {
                            there.answer(request, observer);
                        } else {
                            observer.onError(
                                    Status.UNAVAILABLE.withDescription("full").asException());
                        }
                    };
            String id = submit("roomy", file("rows.csv", "x\n1\n2\n3\n4\n5\n6\n7\n8\n"));
            await().until(() -> message(id).startsWith("it waits: "));
            assertThat(state(id)).isEqualTo("running");
            there.heal();
            awaitEnd(id);
            assertThat(show(id).path("rows").asInt()).isEqualTo(8);
            assertThat(show(id).path("failed").asInt()).isZero();
            assertThat(message(id)).isEmpty();
        }
    }

    @Test
    void keepsNoWordsOfAnotherServerThatMayHoldARedactedValue() throws IOException {
        try (ForeignServer there = new ForeignServer(1)) {
            registerRemote("discreet", there);
            assertThat(tidegate("log", "settings", "discreet", "--redact", "x").code()).isZero();
            there.behaviour =
                    (request, observer) ->
                            observer.onError(
                                    Status.NOT_FOUND
                                            .withDescription("nobody has 4711")
                                            .asException());
            String id = submit("discreet", file("discreet.csv", "x\n4711\n"));
            await().until(() -> message(id).startsWith("it waits: "));
            assertThat(message(id)).doesNotContain("4711").contains("is not kept");
            String model = tidegate("model", "show", "discreet").json().toString();
            assertThat(model).contains("NOT_FOUND").doesNotContain("4711");
            there.heal();
            awaitEnd(id);
        }
    }

    @Test
    void failsARowAloneThatIsNeverAnsweredInTime() throws IOException {
        try (ForeignServer there = new ForeignServer(1)) {
            registerRemote("late", there, "--remote-deadline", "0.3s");
            there.behaviour =
                    (request, observer) -> {
                        if (request.getRawInputContents(0).equals(ByteString.copyFrom(TWO))) {
                            return;
                        }
                        there.answer(request, observer);
                    };
            String id = submit("late", file("late.csv", "x\n1\n2\n3\n"));
            awaitEnd(id);
            assertThat(show(id).path("rows").asInt()).isEqualTo(3);
            assertThat(show(id).path("failed").asInt()).isEqualTo(1);
        }
    }

    @Test
    void letsOtherJobsGoFirstWhileAVersionsServerIsAway() throws IOException {
        try (ForeignServer there = new ForeignServer(1)) {
            registerRemote("away", there);
            there.die();
            String id = submit("away", file("rows.csv", "x\n1\n"));
            String next = submit("plus", file("next.csv", "x\n1\n"));
            awaitEnd(next);
            assertThat(state(id)).isEqualTo("queued");
            assertThat(message(id)).startsWith("it waits: ").contains("is ready nowhere");
            assertThat(show(id).path("attempts").asInt()).isZero();
            there.start();
            awaitEnd(id);
            assertThat(audited(id))
                    .containsExactly(
                            "batch.queued",
                            "batch.running",
                            "batch.queued",
                            "batch.running",
                            "batch.succeeded");
        }
    }

    private static void registerRemote(String model, ForeignServer there, String... more) {
        CommandRun run =
                tidegate(
                        Stream.concat(
                                        Stream.of(
                                                "model",
                                                "register",
                                                model,
                                                "--remote",
                                                there.address(),
                                                "--remote-model",
                                                "there",
                                                "--remote-version",
                                                "9"),
                                        Stream.of(more))
                                .toArray(String[]::new));
        assertThat(run.code()).as(run.err()).isZero();
        String version = run.json().path("version").asText();
        CommandRun unload = tidegate("model", "unload", model, version);
        assertThat(unload.code()).as(unload.err()).isZero();
        assertThat(tidegate("model", "alias", model, "champion", version).code()).isZero();
    }

    private static void awaitEnd(String id) {
        await().atMost(Duration.ofMinutes(1)).until(() -> state(id).equals("succeeded"));
    }

    private static String message(String id) {
        return show(id).path("message").asText();
    }

    @Test
    void removesFilesOfOldJobsAndSaysSo() throws IOException {
        String id = submit("plus", file("old.csv", "x\n417\n"));
        await().until(() -> state(id).equals("succeeded"));
        List<Path> files =
                Stream.of("inputDigest", "outputDigest")
                        .map(name -> artifact(show(id).path(name).asText()))
                        .toList();
        assertThat(files).allMatch(Files::exists);

        BatchFiles store = server.context().getBean(BatchFiles.class);
        server.context()
                .getBean(Database.class)
                .transaction(
                        tx ->
                                tx.createUpdate(
                                                "update batch_job set ended_at = ended_at - interval '8"
                                                        + " days' where id = :id")
                                        .bind("id", UUID.fromString(id))
                                        .execute());
        store.forgetOld(tx -> {});
        store.sweep();

        assertThat(files).noneMatch(Files::exists);
        assertThat(
                        tidegate("batch", "result", id, "--out", folder.resolve("o.csv").toString())
                                .err())
                .contains("was removed for its age");
    }

    @Test
    void refusesAResultsNameWithAnotherEndingAndGivesTheFileTheUsualRights() throws IOException {
        String id = submit("plus", file("form.csv", "x\n41\n"));
        await().until(() -> state(id).equals("succeeded"));
        Path wrong = folder.resolve("form.json");
        CommandRun refused = tidegate("batch", "result", id, "--out", wrong.toString());
        assertThat(refused.code()).isNotZero();
        assertThat(refused.err()).contains("would have a result in the form csv");
        assertThat(wrong).doesNotExist();
        Path out = folder.resolve("form-out.csv");
        assertThat(tidegate("batch", "result", id, "--out", out.toString()).code()).isZero();
        Path usual = Files.writeString(folder.resolve("usual"), "");
        assertThat(Files.getPosixFilePermissions(out))
                .isEqualTo(Files.getPosixFilePermissions(usual));
        assertThat(folder).isDirectoryNotContaining("glob:**.part");
    }

    @Test
    void saysWhyARowsFileCannotBeReadOn() throws IOException {
        String id = submit("plus", file("torn.csv", "x\n1\n\"2\n"));

        await().until(() -> state(id).equals("failed"));

        assertThat(show(id).path("message").asText()).contains("row 2 of torn.csv cannot be read");
        assertThat(tidegate("batch", "watch", id).code()).isEqualTo(1);
    }

    @Test
    void refusesWrongUse() throws IOException {
        Path in = file("use.csv", "x\n1\n");

        assertThat(tidegate("predict", "plus", "--row", "x=1", "--out", "o.csv").code())
                .isEqualTo(2);
        assertThat(tidegate("predict", "plus", "--model", "plus", "--row", "x=1").code())
                .isEqualTo(2);
        assertThat(tidegate("predict", "--row", "x=1").code()).isEqualTo(2);
        assertThat(
                        tidegate("predict", "--model", "plus", "--row", "x=1")
                                .json()
                                .path("model")
                                .asText())
                .isEqualTo("plus");
        assertThat(predict("plus", in, folder.resolve("o.txt")).code()).isEqualTo(2);
        assertThat(predict("plus", in, folder.resolve("no/o.csv")).code()).isEqualTo(2);
        assertThat(predict("nobody", in, folder.resolve("o.csv")).err())
                .contains("'nobody' is unknown");
        assertThat(tidegate("batch", "show", "7").err()).contains("'7' is no id of a batch job");
        assertThat(tidegate("batch", "show", UUID.randomUUID().toString()).err())
                .contains("is unknown");
        assertThat(predict("plus", file("use.txt", "x"), folder.resolve("o.csv")).err())
                .contains("use.txt has rows of an unknown form");
    }

    private static void leave(String id, int attempts) {
        server.context()
                .getBean(Database.class)
                .transaction(
                        tx ->
                                tx.createUpdate(
                                                "update batch_job set state = 'RUNNING', boot ="
                                                        + " :boot, attempts = :attempts where id = :id")
                                        .bind("boot", UUID.randomUUID())
                                        .bind("attempts", attempts)
                                        .bind("id", UUID.fromString(id))
                                        .execute());
    }

    private static Path artifact(String digest) {
        return server.context()
                .getBean(Home.class)
                .artifacts()
                .resolve("sha256")
                .resolve(digest.substring(0, 2))
                .resolve(digest.substring(2));
    }

    private static List<String> audited(String id) {
        return Stream.of(
                        tidegate("audit", "list", "--subject", "batch/" + id).json().path("events"))
                .flatMap(events -> events.valueStream())
                .map(event -> event.path("action").asText())
                .toList()
                .reversed();
    }

    private static String submit(String model, Path in) {
        CommandRun run = tidegate("predict", model, "--in", in.toString(), "--detach");
        assertThat(run.code()).as(run.err()).isZero();
        return run.json().path("id").asText();
    }

    private static String state(String id) {
        return show(id).path("state").asText();
    }

    private static JsonNode show(String id) {
        return tidegate("batch", "show", id).json();
    }

    private static CommandRun predict(String model, Path in, Path out, String... more) {
        return tidegate(
                Stream.concat(
                                Stream.of(
                                        "predict",
                                        model,
                                        "--in",
                                        in.toString(),
                                        "--out",
                                        out.toString()),
                                Stream.of(more))
                        .toArray(String[]::new));
    }

    private static Path file(String name, String content) {
        try {
            return Files.writeString(folder.resolve(name), content);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static CommandRun tidegate(String... arguments) {
        return CommandRun.of(
                Stream.concat(
                                Stream.of(arguments),
                                Stream.of("--home", home.toString(), "--output", "json"))
                        .toArray(String[]::new));
    }
}
