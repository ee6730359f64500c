package dev.tidegate.server.predictionlog;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidegate.server.platform.storage.Database;
import dev.tidegate.server.platform.storage.TestDatabase;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class LogPartitionsTest {
    private static final Instant NOON = Instant.parse("2026-03-04T12:34:56Z");

    private Database database;
    private LogPartitions partitions;

    @BeforeEach
    void open() {
        database = TestDatabase.create();
        partitions =
                new LogPartitions(
                        database, new PredictionLogConfig(Duration.ofHours(3), Duration.ZERO));
    }

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void makesTheComingHoursAhead() {
        roll(NOON);
        assertThat(names())
                .containsExactly(
                        "prediction_block_2026030412",
                        "prediction_block_2026030413",
                        "prediction_block_2026030414");
    }

    @Test
    void dropsHoursThatEndedBeforeTheRetention() {
        roll(NOON);
        roll(NOON.plus(Duration.ofHours(4)));
        assertThat(names())
                .containsExactly(
                        "prediction_block_2026030413",
                        "prediction_block_2026030414",
                        "prediction_block_2026030416",
                        "prediction_block_2026030417",
                        "prediction_block_2026030418");
    }

    @Test
    void leavesOldHoursToThoseWhoWriteParquetFiles() {
        PredictionLogConfig config =
                new PredictionLogConfig(Duration.ofHours(3), Duration.ofDays(90));
        partitions = new LogPartitions(database, config);
        roll(NOON);
        Instant later = NOON.plus(Duration.ofHours(4));
        roll(later);
        assertThat(names()).hasSize(6).contains("prediction_block_2026030412");
        assertThat(partitions.old(later)).containsExactly(LogHour.of(NOON));
    }

    @Test
    void makesADroppedHourAgainWhenALateEntryNeedsIt() {
        roll(NOON);
        roll(NOON.plus(Duration.ofHours(9)));
        partitions.ensure(List.of(LogHour.of(NOON)));
        assertThat(names()).contains("prediction_block_2026030412");
    }

    @Test
    void letsAnotherReplicaHaveMadeThem() {
        roll(NOON);
        new LogPartitions(database, new PredictionLogConfig(Duration.ofHours(3), Duration.ZERO))
                .roll(NOON);
        assertThat(names()).hasSize(3);
    }

    private void roll(Instant now) {
        partitions.roll(now);
        partitions.dropOld(now);
    }

    private List<String> names() {
        return database.read(LogPartitions::names);
    }
}
