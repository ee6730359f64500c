package dev.tidegate.server.evidence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tidegate.server.journal.ArmEvent;
import dev.tidegate.server.journal.EventCodes;
import dev.tidegate.server.journal.Events;
import dev.tidegate.server.journal.FormerJournal;
import dev.tidegate.server.journal.Journal;
import dev.tidegate.server.journal.JournalConfig;
import dev.tidegate.server.journal.JournalOffsets;
import dev.tidegate.server.journal.Outcome;
import dev.tidegate.server.journal.ReadBack;
import dev.tidegate.server.platform.leader.Replica;
import dev.tidegate.server.platform.storage.Database;
import dev.tidegate.server.platform.storage.TestDatabase;
import dev.tidegate.server.platform.time.DatabaseTime;
import dev.tidegate.server.routing.RouteReader;
import dev.tidegate.server.routing.RouteReason;
import dev.tidegate.server.stats.Arm;
import dev.tidegate.server.stats.ArmSecond;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class EvidenceDeliveryTest {
    private static final JournalConfig SMALL = new JournalConfig(1 << 18, 1 << 23, 1 << 10);
    private static final Instant BEGIN = Instant.parse("2026-03-04T12:00:00.250Z");
    private static final long PLAIN_EPOCH = 1;
    private static final long JUDGED_EPOCH = 2;
    private static final int CHAMPION_LIMIT = 1_000;
    private static final int CANDIDATE_LIMIT = 3_000;

    @TempDir Path home;
    private final AtomicLong nanos = new AtomicLong();
    private final Replica replica = new Replica(new UUID(3, 4), "test");
    private final Events ids = new Events(17);
    private final Random random = new Random(19);
    private Database database;
    private Journal journal;
    private DatabaseTime time;

    @BeforeEach
    void open() {
        database = TestDatabase.create();
        journal = new Journal(home.resolve(replica.boot().toString()), SMALL);
        time = new DatabaseTime(nanos::get);
        time.learn(0, 0, BEGIN);
        route(PLAIN_EPOCH, null, "[]");
        route(
                JUDGED_EPOCH,
                new UUID(1, 2),
                "[{\"name\":\"p95\",\"quantile\":0.95,\"championMicros\":1000,\"candidateMicros\":3000}]");
    }

    @AfterEach
    void close() {
        journal.close();
        database.close();
    }

    @Test
    void givesRowsThatEqualARecountOfTheJournal() {
        EvidenceDelivery delivery = delivery();
        List<ArmEvent> events = new ArrayList<>();
        for (int second = 0; second < 5; second++) {
            events.addAll(append(800));
            pass(Duration.ofSeconds(1));
            delivery.follow();
        }
        assertThat(recount(events)).isEqualTo(stored());
        assertThat(newUnits()).containsExactlyEntriesOf(firstOutcomes(events));
        assertThat(eventUnits()).containsExactlyInAnyOrderEntriesOf(eventMasks(events));
        assertThat(batches()).isEqualTo(5);
    }

    @Test
    void deliversASecondOnceItIsOverAndEmptySecondsToo() {
        EvidenceDelivery delivery = delivery();
        delivery.follow();
        delivery.follow();
        assertThat(seconds()).containsExactly(Instant.parse("2026-03-04T11:59:59Z"));
        pass(Duration.ofMillis(749));
        delivery.follow();
        assertThat(batches()).isEqualTo(1);
        pass(Duration.ofMillis(1));
        delivery.follow();
        pass(Duration.ofSeconds(3));
        delivery.follow();
        assertThat(seconds())
                .containsExactly(
                        Instant.parse("2026-03-04T11:59:59Z"),
                        Instant.parse("2026-03-04T12:00:00Z"),
                        Instant.parse("2026-03-04T12:00:03Z"));
    }

    @Test
    void listsNoUnitsWhereNobodyAsksForThem() {
        ReadBack.append(journal, event(PLAIN_EPOCH, Arm.CHAMPION, true, 5, Outcome.OK, 10));
        ReadBack.append(journal, event(JUDGED_EPOCH, Arm.CHAMPION, false, 6, Outcome.OK, 10));
        delivery().follow();
        assertThat(newUnits()).isEmpty();
        assertThat(rows()).hasSize(2).allSatisfy(row -> assertThat(row.requests()).isZero());
        assertThat(stored().values()).allSatisfy(counts -> assertThat(counts.get(0)).isEqualTo(1));
    }

    @Test
    void countsAPinnedRequestForNoArm() {
        ArmEvent plain = event(JUDGED_EPOCH, Arm.CHAMPION, false, 5, Outcome.OK, 10);
        ReadBack.append(journal, withReason(plain, RouteReason.PINNED));
        delivery().follow();
        List<String> rows =
                database.read(
                        handle ->
                                handle.createQuery(
                                                "select epoch || ' ' || arm || ' ' || requests from evidence_row")
                                        .mapTo(String.class)
                                        .list());
        assertThat(rows).containsExactly("0 0 1");
        assertThat(batches()).isEqualTo(1);
    }

    @Test
    void saysHowManyEventsWereLost() {
        long lost = 0;
        while (lost < 3) {
            ArmEvent event = Events.plain(ids.nextId(), new byte[1000], new byte[1000]);
            lost += journal.append(event) || journal.bytes() < SMALL.maxBytes() ? 0 : 1;
        }
        long all = journal.lost();
        EvidenceDelivery delivery = delivery();
        delivery.follow();
        assertThat(lostSum()).isEqualTo(all);
        pass(Duration.ofSeconds(1));
        delivery.follow();
        assertThat(lostSum()).isEqualTo(all);
    }

    @Test
    void missesNoUnitWhenATransactionFails() {
        EvidenceDelivery delivery = delivery();
        List<ArmEvent> events = append(300);
        database.transaction(tx -> tx.execute("alter table evidence_row rename to away"));
        assertThatThrownBy(delivery::follow).isInstanceOf(RuntimeException.class);
        database.transaction(tx -> tx.execute("alter table away rename to evidence_row"));
        events.addAll(append(300));
        delivery.follow();
        assertThat(recount(events)).isEqualTo(stored());
        assertThat(newUnits()).containsExactlyEntriesOf(firstOutcomes(events));
    }

    @Test
    void deliversTheRestOfAKilledProcessOnce() {
        List<ArmEvent> events = append(300);
        delivery().follow();
        events.addAll(append(200));
        journal.close();
        Path left = home.resolve(replica.boot().toString());
        journal = new Journal(home.resolve(new UUID(9, 9).toString()), SMALL);
        try (FormerJournal former = new FormerJournal(left)) {
            delivery().drain(former);
            delivery().drain(former);
        }
        assertThat(recount(events)).isEqualTo(stored());
        assertThat(newUnits().keySet()).isEqualTo(firstOutcomes(events).keySet());
        assertThat(batches()).isEqualTo(2);
    }

    private List<ArmEvent> append(int count) {
        List<ArmEvent> appended = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            int unit = random.nextInt(200);
            ArmEvent event =
                    event(
                            random.nextInt(5) == 0 ? PLAIN_EPOCH : JUDGED_EPOCH,
                            unit % 3 == 0 ? Arm.CANDIDATE : Arm.CHAMPION,
                            random.nextInt(10) != 0,
                            unit,
                            EventCodes.outcome(Math.max(1, random.nextInt(20) - 15)),
                            random.nextInt(5_000));
            ReadBack.append(journal, event);
            appended.add(event);
        }
        return appended;
    }

    private ArmEvent event(
            long epoch, Arm arm, boolean inEvidence, long unit, Outcome outcome, int micros) {
        return new ArmEvent(
                ids.nextId(),
                1,
                epoch,
                1,
                arm == Arm.CHAMPION ? 11 : 12,
                11,
                arm,
                arm == Arm.CHAMPION ? RouteReason.CHAMPION : RouteReason.CANDIDATE,
                inEvidence && epoch == JUDGED_EPOCH,
                unit,
                outcome,
                micros,
                0,
                micros,
                "",
                "",
                new byte[0],
                new byte[0]);
    }

    private static ArmEvent withReason(ArmEvent event, RouteReason reason) {
        return new ArmEvent(
                event.predictionId(),
                event.timeMicros(),
                event.routeEpoch(),
                event.modelId(),
                event.routedVersionId(),
                event.answeredVersionId(),
                event.arm(),
                reason,
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
                event.trace());
    }

    private static byte mask(ArmEvent event) {
        if (event.outcome() != Outcome.OK) {
            return 3;
        }
        int limit = event.arm() == Arm.CHAMPION ? CHAMPION_LIMIT : CANDIDATE_LIMIT;
        return (byte) (event.totalMicros() > limit ? 2 : 0);
    }

    /** Requests, errors, judged requests, and events of both guardrails, by epoch and arm. */
    private static Map<String, List<Long>> recount(List<ArmEvent> events) {
        Map<String, List<Long>> counts = new HashMap<>();
        for (ArmEvent event : events) {
            long judged = event.inEvidence() ? 1 : 0;
            counts.merge(
                    event.routeEpoch() + "/" + EventCodes.of(event.arm()),
                    List.of(
                            1L,
                            event.outcome() == Outcome.OK ? 0L : 1L,
                            judged,
                            judged * (mask(event) & 1),
                            judged * (mask(event) >> 1)),
                    EvidenceDeliveryTest::sum);
        }
        return counts;
    }

    private static List<Long> sum(List<Long> a, List<Long> b) {
        List<Long> sums = new ArrayList<>();
        for (int i = 0; i < a.size(); i++) {
            sums.add(a.get(i) + b.get(i));
        }
        return sums;
    }

    private Map<String, List<Long>> stored() {
        Map<String, List<Long>> counts = new HashMap<>();
        database.read(
                        handle ->
                                handle.createQuery("select * from evidence_row")
                                        .map(
                                                (row, context) -> {
                                                    ArmPayload payload =
                                                            ArmSecondCodec.decode(
                                                                    row.getBytes("payload"));
                                                    ArmSecond second =
                                                            payload.evidence(
                                                                    row.getLong("epoch"),
                                                                    row.getInt("arm"));
                                                    assertThat(payload.latency().total())
                                                            .isEqualTo(row.getLong("requests"));
                                                    List<Long> values = new ArrayList<>();
                                                    values.add(row.getLong("requests"));
                                                    values.add(row.getLong("errors"));
                                                    values.add(second.requests());
                                                    values.add(second.events()[0]);
                                                    values.add(
                                                            second.events().length > 1
                                                                    ? second.events()[1]
                                                                    : 0L);
                                                    return Map.entry(
                                                            row.getLong("epoch")
                                                                    + "/"
                                                                    + row.getInt("arm"),
                                                            values);
                                                })
                                        .list())
                .forEach(
                        entry ->
                                counts.merge(
                                        entry.getKey(),
                                        entry.getValue(),
                                        EvidenceDeliveryTest::sum));
        return counts;
    }

    private List<ArmSecond> rows() {
        return database.read(
                handle ->
                        handle.createQuery(
                                        "select * from evidence_row order by sequence, epoch, arm")
                                .map(
                                        (row, context) ->
                                                ArmSecondCodec.decode(row.getBytes("payload"))
                                                        .evidence(
                                                                row.getLong("epoch"),
                                                                row.getInt("arm")))
                                .list());
    }

    /** Units listed as new, by epoch and unit; fails when one is listed twice by one process. */
    private Map<String, Byte> newUnits() {
        Map<String, Byte> units = new TreeMap<>();
        for (ArmSecond row : rows()) {
            for (int i = 0; i < row.newUnits().length; i++) {
                units.putIfAbsent(row.epoch() + "/" + row.newUnits()[i], row.firstOutcomes()[i]);
            }
        }
        return units;
    }

    private Map<String, Byte> eventUnits() {
        Map<String, Byte> units = new HashMap<>();
        for (ArmSecond row : rows()) {
            for (int i = 0; i < row.eventUnits().length; i++) {
                units.merge(
                        row.epoch() + "/" + row.eventUnits()[i],
                        row.eventMasks()[i],
                        (a, b) -> (byte) (a | b));
            }
        }
        return units;
    }

    private static Map<String, Byte> firstOutcomes(List<ArmEvent> events) {
        Map<String, Byte> first = new TreeMap<>();
        events.stream()
                .filter(ArmEvent::inEvidence)
                .forEach(
                        event ->
                                first.putIfAbsent(
                                        event.routeEpoch() + "/" + event.unitHash(), mask(event)));
        return first;
    }

    private static Map<String, Byte> eventMasks(List<ArmEvent> events) {
        Map<String, Byte> masks = new LinkedHashMap<>();
        events.stream()
                .filter(event -> event.inEvidence() && mask(event) != 0)
                .forEach(
                        event ->
                                masks.merge(
                                        event.routeEpoch() + "/" + event.unitHash(),
                                        mask(event),
                                        (a, b) -> (byte) (a | b)));
        return masks;
    }

    private long batches() {
        return number("select count(*) from evidence_batch");
    }

    private long lostSum() {
        return number("select sum(lost) from evidence_batch");
    }

    private long number(String query) {
        return database.read(handle -> handle.createQuery(query).mapTo(Long.class).one());
    }

    private List<Instant> seconds() {
        return database.read(
                handle ->
                        handle.createQuery("select second from evidence_batch order by sequence")
                                .mapTo(Instant.class)
                                .list());
    }

    private void pass(Duration duration) {
        nanos.addAndGet(duration.toNanos());
    }

    private void route(long epoch, @Nullable UUID rollout, String slow) {
        database.transaction(
                tx ->
                        tx.createUpdate(
                                        "insert into route (epoch, model_id, champion_id, candidate_id,"
                                                + " weight, salt, rollout_id, slow) values (:epoch, 1, 11,"
                                                + " 12, 0.5, decode(repeat('00', 16), 'hex'), :rollout,"
                                                + " :slow::jsonb)")
                                .bind("epoch", epoch)
                                .bind("rollout", rollout)
                                .bind("slow", slow)
                                .execute());
    }

    private EvidenceDelivery delivery() {
        return new EvidenceDelivery(
                database,
                journal,
                replica,
                new JournalOffsets(),
                new GuardrailBook(database, new RouteReader(database)),
                new EvidenceTable(),
                time);
    }
}
