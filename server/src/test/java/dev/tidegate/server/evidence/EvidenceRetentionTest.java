package dev.tidegate.server.evidence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tidegate.server.TestContext;
import dev.tidegate.server.platform.storage.Database;
import io.micronaut.context.ApplicationContext;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class EvidenceRetentionTest {
    private static final UUID BOOT = new UUID(7, 7);

    @TempDir private Path home;
    private ApplicationContext context;
    private Database database;
    private long sequence;

    @BeforeEach
    void start() {
        context = TestContext.start(home);
        database = context.getBean(Database.class);
        database.transaction(
                tx -> {
                    tx.execute("insert into model (name) values ('m')");
                    return tx.execute(
                            "insert into model_version (model_id, version, digest, bytes, state, signature,"
                                    + " lineage, registered_by) select id, '1', repeat('a', 64), 1, 'LIVE', '{}',"
                                    + " '{}', 'eva' from model");
                });
    }

    @AfterEach
    void stop() {
        context.close();
    }

    @Test
    void keepsWhatARolloutMayStillNeed() {
        rollout(11, 0.5, null);
        rollout(12, 0.5, "89 days");
        rollout(13, 0.5, "91 days");
        rollout(14, 0, null);
        for (long epoch : List.of(11L, 12L, 13L, 14L, 99L)) {
            row(epoch, "100 days");
            row(epoch, "47 hours");
        }
        row(99, "49 hours");

        context.getBean(EvidenceRetention.class).drop();

        assertThat(rows("> interval '48 hours'")).containsExactly(11L, 12L);
        assertThat(rows("< interval '48 hours'")).containsExactly(11L, 12L, 13L, 14L, 99L);
        assertThat(batches()).isEqualTo(7);
    }

    @Test
    void keepsTwoDaysAndWhatRolloutsCountedNinety() {
        EvidenceConfig config = context.getBean(EvidenceConfig.class);
        assertThat(config.retention()).isEqualTo(Duration.ofDays(2));
        assertThat(config.rolloutRetention()).isEqualTo(Duration.ofDays(90));
        assertThatThrownBy(() -> new EvidenceConfig(Duration.ofMinutes(5), Duration.ZERO))
                .hasMessageContaining(
                        "tidegate.evidence.retention is 5 min: expected at least 1 h");
    }

    private void rollout(long epoch, double weight, @Nullable String endedAgo) {
        UUID id = new UUID(1, epoch);
        String ended =
                endedAgo == null ? "null" : "clock_timestamp() - interval '" + endedAgo + "'";
        database.transaction(
                tx -> {
                    tx.execute(
                            "insert into rollout (id, model_id, champion_id, candidate_id, plan, plan_digest, salt,"
                                    + " state, step, revision, reason, waiting_for, started_by, started_by_id, ended_at)"
                                    + " values (?, ?, 1, 1, '', '', '', 'RUNNING', 0, 1, '', '', '', '', "
                                    + ended
                                    + ")",
                            id,
                            epoch);
                    return tx.execute(
                            "insert into route (epoch, model_id, champion_id, candidate_id, weight, salt, rollout_id, slow)"
                                    + " values (?, 1, 1, 1, ?, decode(repeat('00', 16), 'hex'), ?, '[]')",
                            epoch,
                            weight,
                            id);
                });
    }

    private void row(long epoch, String age) {
        long next = ++sequence;
        database.transaction(
                tx -> {
                    tx.execute(
                            "insert into evidence_batch (boot, sequence, second, replica, from_segment, from_offset,"
                                    + " to_segment, to_offset, events, lost, recovered) values (?, ?,"
                                    + " clock_timestamp() - ?::interval, 'r', 0, 0, 0, ?, 1, 0, false)",
                            BOOT,
                            next,
                            age,
                            next);
                    return tx.execute(
                            "insert into evidence_row (boot, sequence, model_id, epoch, arm, version_id, schema,"
                                    + " requests, errors, payload) values (?, ?, 1, ?, 1, 1, 1, 1, 0, '')",
                            BOOT,
                            next,
                            epoch);
                });
    }

    private List<Long> rows(String age) {
        return database.read(
                handle ->
                        handle.createQuery(
                                        "select e.epoch from evidence_row e join evidence_batch b"
                                                + " on b.boot = e.boot and b.sequence = e.sequence"
                                                + " where clock_timestamp() - b.second "
                                                + age
                                                + " order by e.epoch")
                                .mapTo(Long.class)
                                .list());
    }

    private long batches() {
        return database.read(
                handle ->
                        handle.createQuery("select count(*) from evidence_batch")
                                .mapTo(Long.class)
                                .one());
    }
}
