package dev.tidegate.server.platform.leader;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.tidegate.server.audit.AuditTrail;
import dev.tidegate.server.platform.error.ErrorCode;
import dev.tidegate.server.platform.error.TidegateException;
import dev.tidegate.server.platform.storage.Database;
import dev.tidegate.server.platform.storage.TestDatabase;
import java.util.UUID;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class LeadershipTest {
    private final Database database = TestDatabase.create();
    private final Leadership first = leadership("first");
    private final Leadership second = leadership("second");

    @AfterEach
    void close() {
        first.close();
        second.close();
        database.close();
    }

    @Test
    void letsOneLead() {
        long epoch = lead(first);
        second.start();
        Awaitility.await().until(this::somebodyTriedInVain);
        fence(first, epoch);
        assertThat(second.epoch()).isEmpty();
    }

    private boolean somebodyTriedInVain() {
        return database.read(
                handle ->
                        handle.createQuery(
                                        "select count(*) > 0 from pg_stat_activity"
                                                + " where datname = current_database() and state = 'idle'"
                                                + " and query like 'select pg_try_advisory_lock%'")
                                .mapTo(Boolean.class)
                                .one());
    }

    @Test
    void fencesALeaderWhoseEpochIsOver() {
        long stale = lead(first);
        first.close();
        long current = lead(second);
        assertThat(current).isGreaterThan(stale);
        TidegateException refused =
                catchThrowableOfType(TidegateException.class, () -> fence(first, stale));
        assertThat(refused.code()).isEqualTo(ErrorCode.LEADERSHIP_LOST);
        assertThat(refused.text())
                .isEqualTo(
                        "leadership epoch %d is over; the current one is %d"
                                .formatted(stale, current));
        fence(second, current);
    }

    @Test
    void losesTheLeadershipWithItsConnection() {
        long before = lead(first);
        database.transaction(
                tx ->
                        tx.createQuery(
                                        "select pg_terminate_backend(pid) from pg_locks"
                                                + " where locktype = 'advisory' and database ="
                                                + " (select oid from pg_database where datname = current_database())")
                                .mapTo(Boolean.class)
                                .list());
        Awaitility.await().until(() -> first.epoch().orElse(before) > before);
    }

    private long lead(Leadership leadership) {
        leadership.start();
        Awaitility.await().until(() -> leadership.epoch().isPresent());
        return leadership.epoch().orElseThrow();
    }

    private void fence(Leadership leadership, long epoch) {
        database.transaction(
                tx -> {
                    leadership.fence(tx, epoch);
                    return true;
                });
    }

    private Leadership leadership(String name) {
        return new Leadership(database, new Replica(UUID.randomUUID(), name), new AuditTrail());
    }
}
