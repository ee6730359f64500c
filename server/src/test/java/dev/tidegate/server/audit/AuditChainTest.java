package dev.tidegate.server.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tidegate.server.platform.storage.Database;
import dev.tidegate.server.platform.storage.TestDatabase;
import io.grpc.Context;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AuditChainTest {
    private static final int EVENTS = 5;
    private final Database database = TestDatabase.create();
    private final AuditTrail trail = new AuditTrail();
    private final AuditChain chain = new AuditChain(database);

    @BeforeEach
    void fill() {
        for (int i = 1; i <= EVENTS; i++) {
            int number = i;
            CallingKey.with(Context.ROOT, "key-" + number)
                    .run(
                            () ->
                                    append(
                                            new AuditEvent(
                                                    "ada",
                                                    "key.created",
                                                    "key/" + number,
                                                    Map.of("number", number))));
        }
    }

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void acceptsWhatNobodyTouched() {
        assertThat(chain.verify().valid()).isTrue();
        assertThat(chain.verify().events()).isEqualTo(EVENTS);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "at = at + interval '1 microsecond'",
                "principal = 'adb'",
                "key_id = 'key-4'",
                "key_id = ''",
                "action = 'key.createe'",
                "subject = 'key/4'",
                "detail = '{\"number\":4}'",
                "hash = set_byte(hash, 31, get_byte(hash, 31) # 1)",
                "sequence = 33"
            })
    void findsOneChangedByteAndNamesTheEvent(String change) {
        tamper("update audit_event set " + change + " where sequence = 3");
        assertBad(3);
    }

    @Test
    void findsAMissingEvent() {
        tamper("delete from audit_event where sequence = 2");
        assertBad(2);
    }

    @Test
    void findsThatTheNewestEventsAreGone() {
        tamper("delete from audit_event where sequence = 5");
        assertBad(5);
    }

    @Test
    void findsAKeyThatWasAddedToAnEventOfTheServer() {
        append(new AuditEvent("tidegate", "leadership.taken", "replica/a", Map.of()));
        tamper("update audit_event set key_id = 'key-1' where sequence = 6");
        assertBad(6);
    }

    @Test
    void refusesToChangeOrDeleteAnEvent() {
        assertThatThrownBy(() -> run("update audit_event set principal = 'eve'"))
                .hasMessageContaining("audit events are never changed or deleted");
        assertThatThrownBy(() -> run("delete from audit_event"))
                .hasMessageContaining("audit events are never changed or deleted");
    }

    private void assertBad(long sequence) {
        AuditChain.Verification found = chain.verify();
        assertThat(found.valid()).isFalse();
        assertThat(found.firstBad()).isEqualTo(sequence);
    }

    private void append(AuditEvent event) {
        database.transaction(
                tx -> {
                    trail.append(tx, event);
                    return true;
                });
    }

    /** As somebody would who may do everything in the database. */
    private void tamper(String sql) {
        run("alter table audit_event disable trigger audit_event_append_only");
        run(sql);
    }

    private void run(String sql) {
        database.transaction(tx -> tx.execute(sql));
    }
}
