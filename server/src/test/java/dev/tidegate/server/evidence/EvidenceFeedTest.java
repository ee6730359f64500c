package dev.tidegate.server.evidence;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidegate.server.evidence.WrittenEvidence.ArmPart;
import dev.tidegate.server.platform.storage.Database;
import dev.tidegate.server.platform.storage.TestDatabase;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class EvidenceFeedTest {
    private static final long MODEL = 1;
    private static final long CHAMPION = 2;
    private static final long OTHER = 3;

    private final Database database = TestDatabase.create();

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void leavesOutTheChampionsFirstSecondsOnEachReplica() {
        WrittenEvidence warm = new WrittenEvidence(database);
        WrittenEvidence cold = new WrittenEvidence(database);
        for (int second = 0; second < 29; second++) {
            warm.secondOf(part(CHAMPION, 1, 10), part(OTHER, 2, 77));
            if (second < 20) {
                cold.emptySecond(0);
            } else {
                cold.secondOf(part(CHAMPION, 1, 1000));
            }
        }
        assertThat(requests(Duration.ofSeconds(5))).isBetween(3000L, 3299L);
        assertThat(requests(Duration.ZERO)).isBetween(8000L, 8299L);
    }

    @Test
    void leavesOutTheFirstSecondsAfterAPause() {
        WrittenEvidence replica = new WrittenEvidence(database);
        replica.secondOf(part(CHAMPION, 2, 1000));
        for (int second = 0; second < 20; second++) {
            replica.emptySecond(0);
        }
        for (int second = 0; second < 8; second++) {
            replica.secondOf(part(CHAMPION, 1, 1));
        }
        assertThat(requests(Duration.ofSeconds(12), Duration.ofSeconds(4))).isEqualTo(3);
    }

    private long requests(Duration warmUp) {
        return requests(Duration.ofSeconds(20), warmUp);
    }

    private long requests(Duration window, Duration warmUp) {
        EvidenceFeed feed = new EvidenceFeed();
        return database.read(
                        handle -> feed.championLatency(handle, MODEL, CHAMPION, window, warmUp))
                .total();
    }

    private static ArmPart part(long version, int arm, int units) {
        return new ArmPart(MODEL, 1, arm, version, 1, units, 0);
    }
}
