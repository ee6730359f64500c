package dev.tidegate.server.predictionlog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tidegate.server.journal.ArmEvent;
import dev.tidegate.server.journal.Events;
import dev.tidegate.server.journal.Journal;
import dev.tidegate.server.journal.JournalConfig;
import dev.tidegate.server.journal.JournalOffset;
import dev.tidegate.server.journal.Payload;
import dev.tidegate.server.journal.PredictionIds;
import dev.tidegate.server.journal.ReadBack;
import dev.tidegate.server.platform.leader.Replica;
import dev.tidegate.server.platform.storage.Database;
import dev.tidegate.server.platform.storage.StorageLocation;
import dev.tidegate.server.platform.storage.TestDatabase;
import dev.tidegate.server.platform.time.SteadyClock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.jdbi.v3.core.Handle;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class LogHandOverTest {
    private static final Instant NOON = Instant.parse("2026-03-04T12:34:56Z");
    private static final Instant NINE = Instant.parse("2026-03-04T09:10:00Z");
    private static final PredictionFilter ALL = PredictionFilter.all();
    private static final PredictionRange DAY =
            new PredictionRange(
                    "churn",
                    Instant.parse("2026-03-04T00:00:00Z"),
                    Instant.parse("2026-03-05T00:00:00Z"));

    @TempDir Path home;
    private StorageLocation place;
    private Database database;
    private LogTiers tiers;
    private int boots;

    @BeforeEach
    void open() {
        place = TestDatabase.createEmpty();
        database = new Database(place, 6);
        tiers = tiers();
        database.transaction(
                tx -> tx.execute("insert into model (name) values ('churn'), ('other')"));
    }

    private LogTiers tiers() {
        return new LogTiers(database, home.resolve("predictions"));
    }

    @AfterEach
    void close() {
        tiers.close();
        database.close();
    }

    @Test
    void handsOldHoursOverAndReadsThemAsBefore() {
        List<ArmEvent> events =
                deliver(400, NINE, NINE.plusSeconds(3_000), NINE.plusSeconds(3_600));
        List<PredictionEntry> before = scanned(tiers.log);
        List<PredictionEntry> newest = tiers.log.list(ALL, 1_000);
        round(NOON);
        assertThat(database.read(LoggedEvents::of)).isEmpty();
        assertThat(partitions()).doesNotContain("prediction_block_2026030409");
        assertThat(scanned(tiers.log)).isEqualTo(before).hasSizeGreaterThan(300);
        assertThat(tiers.log.list(ALL, 1_000)).isEqualTo(newest);
        assertThat(tiers.log.count(ALL)).isEqualTo(events.size());
        assertThat(tiers.progress.families())
                .filteredOn(family -> family.name().equals("tidegate_prediction_files_predictions"))
                .singleElement()
                .satisfies(
                        family ->
                                assertThat(family.samples().getFirst().value())
                                        .isEqualTo(events.size()));
    }

    @Test
    void writesWhereNoOtherLeaderDoes() throws IOException {
        LogFileStore one = new LogFileStore(home.resolve("shared"));
        LogFileStore other = new LogFileStore(home.resolve("shared"));
        Path former = Files.writeString(one.incoming().resolve("1.parquet"), "half a file");
        Path now = Files.writeString(other.incoming().resolve("1.parquet"), "a file");
        assertThat(former).doesNotExist();
        assertThatThrownBy(() -> one.keep(former, "0".repeat(64), "churn", LogHour.of(NINE)))
                .hasMessageContaining("cannot be used");
        assertThat(now).hasContent("a file");
    }

    @Test
    void countsAndListsTheSameBeforeAndAfterwards() {
        deliver(300, NINE, NINE.plusSeconds(7), NINE.plusSeconds(4_000));
        List<PredictionFilter> filters =
                List.of(
                        ALL.thatFailed(),
                        ALL.ofModel("other"),
                        ALL.ofModel("churn").thatFailed().since(NINE.plusSeconds(3)),
                        ALL.since(NINE.plusMillis(1)),
                        ALL.since(NINE.plusSeconds(3_600)),
                        ALL.since(NOON));
        List<Long> counts = filters.stream().map(tiers.log::count).toList();
        List<List<PredictionEntry>> lists =
                filters.stream().map(filter -> tiers.log.list(filter, 50)).toList();
        round(NOON);
        assertThat(filters.stream().map(tiers.log::count).toList()).isEqualTo(counts);
        assertThat(filters.stream().map(filter -> tiers.log.list(filter, 50)).toList())
                .isEqualTo(lists);
    }

    @Test
    void keepsHoursWithinTheRetentionInTheDatabase() {
        deliver(20, NOON.minusSeconds(3_600), NINE);
        round(NOON);
        assertThat(database.read(LoggedEvents::of)).hasSize(20);
        assertThat(tiers.log.count(ALL)).isEqualTo(40);
    }

    @Test
    void writesTheFoldersThatOthersRead() throws IOException {
        deliver(50, NINE);
        round(NOON);
        assertThat(files())
                .hasSize(2)
                .anySatisfy(
                        file ->
                                assertThat(file)
                                        .matches(
                                                "model=churn/date=2026-03-04/hour=09/[0-9a-f]{16}\\.parquet"))
                .anySatisfy(file -> assertThat(file).startsWith("model=other/date=2026-03-04/"));
    }

    @Test
    void keepsMessagesDigestsAndWhatIsLeftOutOfASample() {
        UUID id = new PredictionIds(at(NINE), new Random(1)).next();
        ArmEvent whole =
                Events.withClientId(Events.plain(id, new byte[] {8, 1}, new byte[0]), "a\0é");
        UUID next = IdOrder.after(id);
        ArmEvent sampled = Events.plain(next, new byte[300], new byte[20]).withoutMessages();
        ArmEvent digested =
                messages(
                        Events.plain(IdOrder.after(next), new byte[0], new byte[0]),
                        Payload.digest(70_000, new byte[32]).asRedacted(),
                        Payload.whole(new byte[] {1, 2}).asRedacted());
        tiers.partitions.ensure(List.of(LogHour.of(NINE)));
        database.transaction(tx -> insert(tx, List.of(whole, sampled, digested)));
        List<ArmEvent> before = database.read(LoggedEvents::of);
        round(NOON);
        List<ArmEvent> after = new ArrayList<>();
        new LogScan(
                        database,
                        new BlockStore(),
                        tiers.table,
                        tiers.reader,
                        1,
                        new UUID(0, 0),
                        new UUID(-1, -1),
                        after::add)
                .run();
        assertThat(after).isEqualTo(before).hasSize(3);
        assertThat(tiers.log.find("a\0é")).hasSize(1);
    }

    @Test
    void addsAFileForWhatIsDeliveredLate() throws IOException {
        List<ArmEvent> early = deliver(60, NINE);
        round(NOON);
        List<String> first = files();
        List<ArmEvent> late = deliver(61, NINE);
        assertThat(scanned(tiers.log))
                .isSortedAccordingTo(byId())
                .hasSize(ofChurn(early) + ofChurn(late));
        round(NOON.plusSeconds(60));
        assertThat(files()).hasSize(4).containsAll(first);
        assertThat(scanned(tiers.log))
                .isSortedAccordingTo(byId())
                .hasSize(ofChurn(early) + ofChurn(late));
        assertThat(tiers.log.count(ALL)).isEqualTo(121);
        assertThat(tiers.log.list(ALL, 200))
                .extracting(PredictionEntry::id)
                .doesNotHaveDuplicates()
                .hasSize(121);
    }

    @Test
    void leavesAnHourThatGrewMeanwhileInTheDatabase() {
        deliver(10, NINE);
        Events late = new Events(77, new PredictionIds(at(NINE), new Random(77)));
        CompletableFuture<LogHandOver.HandedOver> result =
                database.transaction(
                        tx -> {
                            insert(tx, Stream.generate(late::any).limit(5).toList());
                            var running =
                                    CompletableFuture.supplyAsync(
                                            () ->
                                                    tiers.handOver.handOver(
                                                            LogHour.of(NINE), fence -> {}));
                            Awaitility.await()
                                    .atMost(Duration.ofMinutes(1))
                                    .until(() -> running.isDone() || waitsFor("prediction_block"));
                            return running;
                        });
        assertThat(result.join().done()).isFalse();
        assertThat(database.read(LoggedEvents::of)).hasSize(15);
        round(NOON);
        assertThat(tiers.log.count(ALL)).isEqualTo(15);
        assertThat(database.read(tiers.table::paths))
                .containsExactlyInAnyOrderElementsOf(tiers.store.files().keySet());
    }

    @Test
    void writesTheSameFilesAgainAfterATransactionThatFailed() {
        deliver(200, NINE);
        assertThatThrownBy(
                        () ->
                                tiers.handOver.handOver(
                                        LogHour.of(NINE),
                                        tx -> {
                                            throw new IllegalStateException("no leader any more");
                                        }))
                .hasMessage("no leader any more");
        var left = tiers.store.files();
        assertThat(left).hasSize(2);
        tiers.handOverAll();
        assertThat(tiers.store.files()).isEqualTo(left);
        assertThat(tiers.log.count(ALL)).isEqualTo(200);
    }

    @Test
    void losesAndDoublesNothingWhenItIsKilledBeforeTheFilesAreNoted() throws Exception {
        List<ArmEvent> events = deliver(500, NINE, NINE.plusSeconds(3_600));
        try (Connection trap = trap("lock table prediction_file in access exclusive mode")) {
            killWhenItWaits("prediction_file");
            assertThat(tiers.store.files()).isNotEmpty();
            assertThat(trap.isValid(5)).isTrue();
        }
        assertEachOnceAfterANewStart(events);
    }

    @Test
    void losesAndDoublesNothingWhenItIsKilledBetweenTwoHours() throws Exception {
        List<ArmEvent> events = deliver(500, NINE, NINE.plusSeconds(3_600));
        try (Connection trap =
                trap("lock table prediction_block_2026030410 in access exclusive mode")) {
            killWhenItWaits("prediction_block_2026030410");
            assertThat(partitions()).doesNotContain("prediction_block_2026030409");
            assertThat(trap.isValid(5)).isTrue();
        }
        assertEachOnceAfterANewStart(events);
    }

    /** Returns a connection that holds a table until it is closed. */
    private Connection trap(String lock) throws SQLException {
        Connection connection =
                DriverManager.getConnection(place.url(), place.username(), place.password());
        connection.setAutoCommit(false);
        try (Statement statement = connection.createStatement()) {
            statement.execute(lock);
        }
        return connection;
    }

    private void killWhenItWaits(String table) throws Exception {
        Process process = HandOverProcess.start(place, home.resolve("predictions"));
        try {
            Awaitility.await()
                    .atMost(Duration.ofMinutes(2))
                    .until(() -> !process.isAlive() || waitsFor(table));
            assertThat(process.isAlive()).as(() -> said()).isTrue();
        } finally {
            process.destroyForcibly().waitFor();
        }
    }

    private String said() {
        try {
            return Files.readString(home.resolve("hand-over.log"));
        } catch (IOException e) {
            return "no output: " + e;
        }
    }

    private boolean waitsFor(String table) {
        return database.read(
                handle ->
                        handle.createQuery(
                                        "select exists (select from pg_locks where not granted"
                                                + " and relation = cast(:table as regclass))")
                                .bind("table", table)
                                .mapTo(Boolean.class)
                                .one());
    }

    private void assertEachOnceAfterANewStart(List<ArmEvent> events) throws IOException {
        try (LogTiers fresh = tiers()) {
            Awaitility.await()
                    .atMost(Duration.ofMinutes(1))
                    .ignoreExceptions()
                    .untilAsserted(
                            () -> {
                                fresh.archiving(NOON, LogTiers.CONFIG).round(2, tx -> {});
                                assertThat(database.read(LoggedEvents::of)).isEmpty();
                            });
            List<UUID> listed =
                    fresh.log.list(ALL, 1_000).stream().map(PredictionEntry::id).toList();
            assertThat(listed)
                    .doesNotHaveDuplicates()
                    .containsExactlyInAnyOrderElementsOf(
                            events.stream().map(ArmEvent::predictionId).toList());
            assertThat(fresh.store.files().keySet()).isEqualTo(database.read(fresh.table::paths));
        }
    }

    @Test
    void removesWhatAKilledLeaderLeftAndNoForeignFile() throws IOException {
        deliver(20, NINE);
        Path left = home.resolve("predictions/model=churn/date=2026-03-04/hour=09");
        Files.createDirectories(left);
        Files.writeString(left.resolve("0123456789abcdef.parquet"), "half");
        Files.writeString(left.resolve("_SUCCESS"), "");
        Path restored = home.resolve("predictions/model=churn/date=2026-03-03/hour=07");
        Files.createDirectories(restored);
        Files.writeString(restored.resolve("0123456789abcdef.parquet"), "of another database");
        Path incoming = Files.createDirectories(home.resolve("predictions/_incoming"));
        Files.writeString(incoming.resolve("1.parquet.unfinished"), "half");
        round(NOON);
        assertThat(left.resolve("0123456789abcdef.parquet")).doesNotExist();
        assertThat(left.resolve("_SUCCESS")).exists();
        assertThat(restored.resolve("0123456789abcdef.parquet")).exists();
        assertThat(incoming).isEmptyDirectory();
        assertThat(tiers.log.count(ALL)).isEqualTo(20);
    }

    @Test
    void showsEachOnceWhenAnHourIsHandedOverWhileItIsScanned() {
        List<ArmEvent> events = deliver(900, NINE, NINE.plusSeconds(30), NINE.plusSeconds(3_600));
        List<UUID> shown = new ArrayList<>();
        tiers.log.scan(
                DAY,
                entry -> {
                    if (shown.isEmpty()) {
                        round(NOON);
                    }
                    shown.add(entry.id());
                    return true;
                });
        assertThat(shown)
                .isSortedAccordingTo(IdOrder.ASCENDING)
                .doesNotHaveDuplicates()
                .hasSize(ofChurn(events));
    }

    @Test
    void saysWhichFileIsMissingOrDamaged() throws IOException {
        List<ArmEvent> events = deliver(20, NINE);
        round(NOON);
        String id = events.getFirst().predictionId().toString();
        Path file =
                home.resolve("predictions")
                        .resolve(
                                files().stream()
                                        .filter(
                                                path ->
                                                        path.startsWith(
                                                                events.getFirst().modelId() == 1
                                                                        ? "model=churn"
                                                                        : "model=other"))
                                        .findFirst()
                                        .orElseThrow());
        byte[] content = Files.readAllBytes(file);
        assertThat(tiers.log.find(id)).hasSize(1);
        content[content.length / 2] ^= 1;
        Files.write(file, content);
        Files.setLastModifiedTime(file, FileTime.from(NOON));
        assertThatThrownBy(() -> tiers.log.find(id))
                .hasMessageContaining("is damaged")
                .hasMessageContaining("2026-03-04T09:00:00Z");
        assertThatThrownBy(() -> tiers.log.list(ALL, 100)).hasMessageContaining("is damaged");
        Files.delete(file);
        assertThatThrownBy(() -> tiers.log.find(id))
                .hasMessageContaining("is missing")
                .hasMessageContaining("'writer' wrote it");
        assertThatThrownBy(() -> scanned(tiers.log, events.getFirst().modelId()))
                .hasMessageContaining("is missing");
    }

    @Test
    void keepsAnHourInTheDatabaseWhileItsFilesCannotBeWritten() throws IOException {
        deliver(30, NINE);
        Path root = Files.writeString(home.resolve("predictions"), "no folder");
        assertThatThrownBy(() -> round(NOON)).hasMessageContaining("cannot be used");
        assertThat(tiers.progress.problem())
                .hasValueSatisfying(
                        problem ->
                                assertThat(problem)
                                        .startsWith(
                                                "predictions of 2026-03-04T09:00:00Z stay in the database"));
        assertThat(tiers.log.count(ALL)).isEqualTo(30);
        Files.delete(root);
        round(NOON);
        assertThat(tiers.progress.problem()).isEmpty();
        assertThat(database.read(LoggedEvents::of)).isEmpty();
        assertThat(tiers.log.count(ALL)).isEqualTo(30);
    }

    @Test
    void removesFilesAfterTheirRetention() throws IOException {
        deliver(30, NINE);
        round(NOON);
        round(NOON.plus(Duration.ofDays(89)));
        assertThat(tiers.log.count(ALL)).isEqualTo(30);
        round(NOON.plus(Duration.ofDays(90)));
        assertThat(tiers.log.count(ALL)).isZero();
        assertThat(files()).isEmpty();
    }

    @Test
    void removesOldFilesOfItsOwnStoreWhoeverLeads() throws IOException {
        deliver(30, NINE);
        round(NOON);
        database.transaction(tx -> tx.execute("delete from prediction_file"));
        tiers.archiving(NOON.plus(Duration.ofDays(90)), LogTiers.CONFIG).removeOldHere();
        assertThat(files()).as("just written").hasSize(2);
        for (String file : files()) {
            Files.setLastModifiedTime(
                    home.resolve("predictions").resolve(file), FileTime.from(NOON));
        }
        tiers.archiving(NOON.plus(Duration.ofDays(89)), LogTiers.CONFIG).removeOldHere();
        assertThat(files()).hasSize(2);
        tiers.archiving(NOON.plus(Duration.ofDays(90)), LogTiers.CONFIG).removeOldHere();
        assertThat(files()).isEmpty();
    }

    @Test
    void removesAndHandsOverNothingByAClockThatJumped() throws IOException {
        deliver(30, NINE);
        round(NOON);
        List<String> there = files();
        deliver(10, NOON);
        AtomicReference<Instant> now = new AtomicReference<>(NOON);
        LogArchiving archiving =
                tiers.archiving(
                        new SteadyClock(
                                ((InstantSource) now::get).withZone(ZoneOffset.UTC), () -> 0),
                        LogTiers.CONFIG);
        now.set(NOON.plus(Duration.ofDays(400)));
        archiving.round(1, tx -> {});
        archiving.removeOldHere();
        assertThat(tiers.progress.problem())
                .hasValueSatisfying(problem -> assertThat(problem).contains("clock jumped"));
        assertThat(files()).isEqualTo(there);
        assertThat(database.read(LoggedEvents::of)).hasSize(10);
        assertThat(tiers.log.count(ALL)).isEqualTo(40);
    }

    @Test
    void writesAndRemovesNothingWithoutARetentionOfFiles() throws IOException {
        deliver(30, NINE);
        round(NOON);
        List<String> there = files();
        PredictionLogConfig none = new PredictionLogConfig(Duration.ofHours(2), Duration.ZERO);
        deliver(10, NINE.plusSeconds(7_200));
        tiers.archiving(NOON.plus(Duration.ofDays(400)), none).round(1, tx -> {});
        assertThat(files()).isEqualTo(there);
        assertThat(tiers.log.count(ALL)).isEqualTo(40);
        new LogPartitions(database, none).dropOld(NOON.plus(Duration.ofDays(400)));
        assertThat(tiers.log.count(ALL)).isEqualTo(30);
    }

    @Test
    void refusesARetentionOfFilesThatEndsBeforeTheDatabases() {
        assertThatThrownBy(() -> new PredictionLogConfig(Duration.ofDays(2), Duration.ofDays(1)))
                .hasMessage(
                        "tidegate.prediction-log.parquet-retention is 1 d: expected 0, or more than tidegate.prediction-log.retention, 2 d");
    }

    private void round(Instant now) {
        tiers.archiving(now, LogTiers.CONFIG).round(1, tx -> {});
    }

    private List<String> partitions() {
        return database.read(LogPartitions::names);
    }

    private List<String> files() throws IOException {
        Path root = home.resolve("predictions");
        try (Stream<Path> all = Files.walk(root)) {
            return all.filter(Files::isRegularFile)
                    .map(file -> root.relativize(file).toString())
                    .sorted()
                    .toList();
        }
    }

    private static List<PredictionEntry> scanned(PredictionLog log) {
        return scanned(log, 1);
    }

    private static List<PredictionEntry> scanned(PredictionLog log, long model) {
        List<PredictionEntry> entries = new ArrayList<>();
        log.scan(
                new PredictionRange(model == 1 ? "churn" : "other", DAY.from(), DAY.to()),
                entries::add);
        return entries;
    }

    private static Comparator<PredictionEntry> byId() {
        return Comparator.comparing(PredictionEntry::id, IdOrder.ASCENDING);
    }

    private static int ofChurn(List<ArmEvent> events) {
        return (int) events.stream().filter(event -> event.modelId() == 1).count();
    }

    private static Clock at(Instant time) {
        return Clock.fixed(time, ZoneOffset.UTC);
    }

    /** Delivers so many predictions of each time. */
    private List<ArmEvent> deliver(int count, Instant... times) {
        List<ArmEvent> all = new ArrayList<>();
        for (Instant time : times) {
            long seed = ++boots;
            Events events = new Events(seed, new PredictionIds(at(time), new Random(seed)));
            for (int i = 0; i < count; i++) {
                all.add(events.any());
            }
        }
        deliver(all);
        return all;
    }

    private void deliver(List<ArmEvent> events) {
        Replica replica = new Replica(new UUID(3, ++boots), "test");
        try (Journal journal =
                new Journal(
                        home.resolve("journal").resolve(replica.boot().toString()),
                        new JournalConfig(1 << 20, 1 << 25, 1 << 16))) {
            events.forEach(event -> ReadBack.append(journal, event));
            TestLog.delivery(database, journal, replica).follow();
        }
    }

    /** Puts predictions of one time into the database. */
    private static int insert(Handle tx, List<ArmEvent> events) {
        LogBucket bucket = LogBucket.of(events.getFirst().predictionId());
        PredictionBlock block = new PredictionBlock(new BlockWriter());
        events.forEach(block::add);
        new BlockStore().insert(tx, bucket, new UUID(9, 9), JournalOffset.START, block);
        return events.size();
    }

    private static ArmEvent messages(ArmEvent event, Payload request, Payload response) {
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
                request,
                response,
                event.trace());
    }
}
