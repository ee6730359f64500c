package dev.tidegate.server.predictionlog;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidegate.server.journal.ArmEvent;
import dev.tidegate.server.journal.EventCodes;
import dev.tidegate.server.journal.Events;
import dev.tidegate.server.journal.Payload;
import dev.tidegate.server.platform.storage.Database;
import dev.tidegate.server.platform.storage.TestDatabase;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class FormerRowsTest {
    private static final String FORMER =
            "/db/migration/predictionlog/V060__predictionlog_predictions.sql";

    private final Events events = new Events(19);
    private Database database;

    @BeforeEach
    void open() {
        database = TestDatabase.create();
    }

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void aNewHomeHasNoTableOfRows() {
        assertThat(database.read(FormerRowsTest::hasRows)).isFalse();
        formerRows().convert();
    }

    @Test
    void convertsEachRowOnceAndDropsTheTable() {
        List<ArmEvent> rows = new ArrayList<>();
        for (int i = 0; i < 500; i++) {
            ArmEvent event = events.any();
            rows.add(i % 5 == 0 ? withoutMessages(event) : withoutTrace(event));
        }
        database.transaction(
                tx -> {
                    tx.createScript(former()).execute();
                    tx.execute(
                            "create table prediction_all partition of prediction for values from"
                                    + " (minvalue) to (maxvalue)");
                    rows.forEach(event -> insert(tx, event));
                    return rows;
                });
        formerRows().convert();
        formerRows().convert();
        assertThat(database.read(LoggedEvents::of)).containsExactlyElementsOf(rows);
        assertThat(database.read(FormerRowsTest::hasRows)).isFalse();
        assertThat(TestLog.of(database).find(rows.get(7).predictionId().toString())).hasSize(1);
    }

    @Test
    void twoServersConvertEachRowOnce() throws Exception {
        List<ArmEvent> rows = new ArrayList<>();
        for (int i = 0; i < 2_000; i++) {
            rows.add(withoutTrace(events.any()));
        }
        UUID middle = rows.get(1_000).predictionId();
        database.transaction(
                tx -> {
                    tx.createScript(former()).execute();
                    tx.execute(
                            "create table prediction_a partition of prediction for values from (minvalue) to ('%s')"
                                    .formatted(middle));
                    tx.execute(
                            "create table prediction_b partition of prediction for values from ('%s') to (maxvalue)"
                                    .formatted(middle));
                    rows.forEach(event -> insert(tx, event));
                    return rows;
                });
        try (ExecutorService servers = Executors.newFixedThreadPool(4)) {
            Callable<Boolean> server =
                    () -> {
                        formerRows().convert();
                        return true;
                    };
            for (Future<Boolean> done : servers.invokeAll(Collections.nCopies(4, server))) {
                assertThat(done.get()).isTrue();
            }
        }
        formerRows().convert();
        assertThat(database.read(LoggedEvents::of)).containsExactlyInAnyOrderElementsOf(rows);
        assertThat(database.read(FormerRowsTest::hasRows)).isFalse();
    }

    private FormerRows formerRows() {
        return new FormerRows(
                database,
                new BlockStore(),
                new LogPartitions(
                        database, new PredictionLogConfig(Duration.ofDays(2), Duration.ZERO)));
    }

    private static boolean hasRows(Handle handle) {
        return handle.createQuery("select to_regclass('prediction') is not null")
                .mapTo(Boolean.class)
                .one();
    }

    private static String former() {
        try (var script = FormerRowsTest.class.getResourceAsStream(FORMER)) {
            assertThat(script).isNotNull();
            return new String(script.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static ArmEvent withoutMessages(ArmEvent event) {
        return new ArmEvent(
                event.predictionId(),
                event.timeMicros(),
                event.routeEpoch(),
                event.modelId(),
                event.routedVersionId(),
                0,
                event.arm(),
                event.reason(),
                event.inEvidence(),
                event.unitHash(),
                event.outcome(),
                event.totalMicros(),
                event.queueMicros(),
                event.computeMicros(),
                event.clientId(),
                event.error(),
                Payload.digest(1 << 20, new byte[32]),
                event.response(),
                null);
    }

    private static ArmEvent withoutTrace(ArmEvent event) {
        return new ArmEvent(
                event.predictionId(),
                event.timeMicros(),
                event.routeEpoch(),
                event.modelId(),
                event.routedVersionId(),
                event.answeredVersionId(),
                event.arm(),
                event.reason(),
                event.inEvidence(),
                event.unitHash(),
                event.outcome(),
                event.totalMicros(),
                event.queueMicros(),
                event.computeMicros(),
                event.clientId(),
                event.error(),
                event.request(),
                event.response(),
                null);
    }

    private static void insert(Handle tx, ArmEvent event) {
        tx.createUpdate(
                        "insert into prediction values (:id, to_timestamp(0) + :micros * interval '1"
                                + " microsecond', :id, :client, :model, :routed, :answered, :epoch,"
                                + " :arm, :reason, :outcome, :evidence, :unit, :total, :queue,"
                                + " :compute, :error, :requestSize, :responseSize, :request,"
                                + " :response, :requestSha, null)")
                .bind("id", event.predictionId())
                .bind("micros", event.timeMicros())
                .bind("client", event.clientId())
                .bind("model", event.modelId())
                .bind("routed", event.routedVersionId())
                .bind("answered", event.answeredVersionId() == 0 ? null : event.answeredVersionId())
                .bind("epoch", event.routeEpoch())
                .bind("arm", (short) EventCodes.of(event.arm()))
                .bind("reason", (short) EventCodes.of(event.reason()))
                .bind("outcome", (short) EventCodes.of(event.outcome()))
                .bind("evidence", event.inEvidence())
                .bind("unit", event.unitHash())
                .bind("total", event.totalMicros())
                .bind("queue", event.queueMicros())
                .bind("compute", event.computeMicros())
                .bind("error", event.error())
                .bind("requestSize", event.request().size())
                .bind("responseSize", event.response().size())
                .bind("request", whole(event.request()))
                .bind("response", whole(event.response()))
                .bind("requestSha", digest(event.request()))
                .execute();
    }

    private static byte @Nullable [] whole(Payload payload) {
        return payload.isDigested() ? null : payload.bytes();
    }

    private static byte @Nullable [] digest(Payload payload) {
        return payload.isDigested() ? payload.bytes() : null;
    }
}
