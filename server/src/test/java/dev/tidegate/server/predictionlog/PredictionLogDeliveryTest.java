package dev.tidegate.server.predictionlog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tidegate.server.journal.ArmEvent;
import dev.tidegate.server.journal.Events;
import dev.tidegate.server.journal.FormerJournal;
import dev.tidegate.server.journal.Journal;
import dev.tidegate.server.journal.JournalConfig;
import dev.tidegate.server.journal.ReadBack;
import dev.tidegate.server.platform.error.TidegateException;
import dev.tidegate.server.platform.leader.Replica;
import dev.tidegate.server.platform.storage.Database;
import dev.tidegate.server.platform.storage.EmbeddedPostgres;
import dev.tidegate.server.platform.storage.TestDatabase;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class PredictionLogDeliveryTest {
    private static final JournalConfig SMALL = new JournalConfig(1 << 18, 1 << 23, 1 << 10);

    @TempDir Path home;
    private final Replica replica = new Replica(new UUID(3, 4), "test");
    private final Events events = new Events(11);
    private Database database;
    private Journal journal;

    @BeforeEach
    void open() {
        database = TestDatabase.create();
        journal = new Journal(home.resolve(replica.boot().toString()), SMALL);
    }

    @AfterEach
    void close() {
        journal.close();
        database.close();
    }

    @Test
    void putsEachEventIntoTheLogOnce() {
        List<ArmEvent> appended = append(1_000);
        PredictionLogDelivery delivery = delivery(database);
        delivery.follow();
        delivery.follow();
        PredictionLog log = TestLog.of(database);
        assertThat(log.count(PredictionFilter.all())).isEqualTo(1_000);
        assertThat(log.lost()).isZero();
        ArmEvent one = appended.get(500);
        PredictionEntry entry = log.find(one.predictionId().toString()).getFirst();
        assertThat(entry.request()).contains(one.request());
        assertThat(entry.response()).contains(one.response());
        assertThat(entry.outcome()).isEqualTo(one.outcome());
        assertThat(entry.arm()).isEqualTo(one.arm());
        assertThat(entry.reason()).isEqualTo(one.reason());
        assertThat(entry.error()).isEqualTo(one.error());
        assertThat(entry.routeEpoch()).isEqualTo(one.routeEpoch());
        assertThat(entry.routedVersion()).isEqualTo(Long.toString(one.routedVersionId()));
        assertThat(entry.unitHash()).isEqualTo(one.unitHash());
        assertThat(entry.totalMicros()).isEqualTo(one.totalMicros());
    }

    @Test
    void dropsWhatIsDeliveredAgainAfterTheOffsetWasForgotten() {
        append(200);
        delivery(database).follow();
        database.transaction(tx -> tx.execute("delete from journal_reader"));
        append(100);
        delivery(database).follow();
        PredictionLog log = TestLog.of(database);
        assertThat(log.count(PredictionFilter.all())).isEqualTo(300);
        assertThat(log.lost()).isZero();
    }

    @Test
    void goesOnFromTheStoredOffsetAfterARestartOfTheReader() {
        append(50);
        delivery(database).follow();
        append(50);
        delivery(database).follow();
        assertThat(TestLog.of(database).count(PredictionFilter.all())).isEqualTo(100);
    }

    @Test
    void countsARowThatTheDatabaseRefusesAsLostAndKeepsTheOthers() {
        ArmEvent bad = append(300).get(137);
        database.transaction(
                tx ->
                        tx.execute(
                                "alter table prediction_block add constraint refused check ('%s' not between first_id and last_id)"
                                        .formatted(bad.predictionId())));
        delivery(database).follow();
        append(10);
        delivery(database).follow();
        PredictionLog log = TestLog.of(database);
        assertThat(log.count(PredictionFilter.all())).isEqualTo(309);
        assertThat(log.lost()).isEqualTo(1);
        assertThat(log.find(bad.predictionId().toString())).isEmpty();
    }

    @Test
    void countsEventsThatTheJournalLost() {
        long lost = 0;
        while (journal.bytes() < SMALL.maxBytes() || lost == 0) {
            lost +=
                    journal.append(Events.plain(events.nextId(), new byte[1000], new byte[1000]))
                            ? 0
                            : 1;
        }
        delivery(database).follow();
        PredictionLog log = TestLog.of(database);
        assertThat(log.lost()).isEqualTo(lost);
        assertThat(log.count(PredictionFilter.all())).isEqualTo(journal.appended());
    }

    @Test
    void deliversWhatAFormerProcessLeft() {
        append(400);
        journal.close();
        try (FormerJournal former = new FormerJournal(home.resolve(replica.boot().toString()))) {
            journal = new Journal(home.resolve(new UUID(9, 9).toString()), SMALL);
            PredictionLogDelivery delivery = delivery(database);
            delivery.drain(former);
            delivery.drain(former);
        }
        assertThat(TestLog.of(database).count(PredictionFilter.all())).isEqualTo(400);
    }

    @Test
    void goesOnWhereItWasWhenTheDatabaseIsBack() {
        try (EmbeddedPostgres postgres = EmbeddedPostgres.start(home.resolve("postgres"));
                Database own = new Database(postgres.location(), 2)) {
            PredictionLogDelivery delivery = delivery(own);
            append(100);
            delivery.follow();
            postgres.stop();
            append(100);
            assertThatThrownBy(delivery::follow).isInstanceOf(RuntimeException.class);
            append(100);
            postgres.restart();
            Awaitility.await()
                    .ignoreExceptionsInstanceOf(TidegateException.class)
                    .untilAsserted(delivery::follow);
            PredictionLog log = TestLog.of(own);
            assertThat(log.count(PredictionFilter.all())).isEqualTo(300);
            assertThat(log.lost()).isZero();
        }
    }

    @Test
    void keepsTextsWithAZeroCharacter() {
        ArmEvent event =
                Events.withClientId(
                        Events.plain(
                                events.nextId(), "a".getBytes(StandardCharsets.UTF_8), new byte[0]),
                        "a\0b");
        ReadBack.append(journal, event);
        delivery(database).follow();
        assertThat(TestLog.of(database).find(event.predictionId().toString()))
                .singleElement()
                .extracting(PredictionEntry::clientId)
                .isEqualTo("a\0b");
    }

    @Test
    void addsOnlyWhatIsNewOfAStretchWithOtherEnds() {
        List<ArmEvent> appended = append(300);
        delivery(database).follow();
        database.transaction(tx -> tx.execute("delete from journal_reader"));
        append(40);
        delivery(database).follow();
        List<UUID> logged =
                database.read(LoggedEvents::of).stream().map(ArmEvent::predictionId).toList();
        assertThat(logged)
                .doesNotHaveDuplicates()
                .hasSize(340)
                .containsAll(appended.stream().map(ArmEvent::predictionId).toList());
    }

    @Test
    void freesTheJournalOnlyTogetherWithTheOtherReaders() {
        while (journal.end().segment() < 2) {
            append(10);
        }
        delivery(database).follow();
        assertThat(journal.directory().resolve("0.segment")).exists();
    }

    private List<ArmEvent> append(int count) {
        List<ArmEvent> appended = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            ArmEvent event = events.any();
            ReadBack.append(journal, event);
            appended.add(event);
        }
        return appended;
    }

    private PredictionLogDelivery delivery(Database into) {
        return TestLog.delivery(into, journal, replica);
    }
}
