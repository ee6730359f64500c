package dev.tidegate.server.audit;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import jakarta.inject.Singleton;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import org.jdbi.v3.core.Handle;

/**
 * Appends to the hash chain.
 *
 * <p>The row of the head is locked for the rest of the transaction, so that the chain has one order
 * and an event stands exactly when the change that it tells of stands.
 */
@Singleton
public final class AuditTrail {
    private static final JsonMapper JSON =
            JsonMapper.builder()
                    .configure(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS, true)
                    .build();

    /** Writes the event in the transaction of the change that it tells of. */
    public void append(Handle tx, AuditEvent event) {
        Head head =
                tx.createQuery(
                                "select sequence, encode(hash, 'hex') as hash, clock_timestamp() as now from audit_head for update")
                        .map((row, context) -> head(row))
                        .one();
        AuditRecord unhashed =
                new AuditRecord(
                        head.sequence + 1,
                        head.now,
                        event.principal(),
                        CallingKey.id(),
                        event.action(),
                        event.subject(),
                        json(event),
                        "");
        insert(tx, unhashed.withHash(unhashed.expectedHash(head.hash)));
    }

    private static Head head(ResultSet row) throws SQLException {
        return new Head(
                row.getLong("sequence"),
                row.getString("hash"),
                row.getTimestamp("now").toInstant());
    }

    private static String json(AuditEvent event) {
        try {
            return JSON.writeValueAsString(event.detail());
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(
                    "the detail of " + event.action() + " cannot be written as JSON", e);
        }
    }

    private static void insert(Handle tx, AuditRecord record) {
        tx.createUpdate(
                        "insert into audit_event (sequence, at, principal, key_id, action, subject, detail, hash)"
                                + " values (:sequence, :at, :principal, :key, :action, :subject, :detail, decode(:hash, 'hex'))")
                .bind("sequence", record.sequence())
                .bind("at", Timestamp.from(record.at()))
                .bind("principal", record.principal())
                .bind("key", record.keyId())
                .bind("action", record.action())
                .bind("subject", record.subject())
                .bind("detail", record.detail())
                .bind("hash", record.hash())
                .execute();
        tx.createUpdate("update audit_head set sequence = :sequence, hash = decode(:hash, 'hex')")
                .bind("sequence", record.sequence())
                .bind("hash", record.hash())
                .execute();
    }

    private record Head(long sequence, String hash, Instant now) {}
}
