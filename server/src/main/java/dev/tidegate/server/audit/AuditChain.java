package dev.tidegate.server.audit;

import dev.tidegate.server.platform.storage.Database;
import jakarta.inject.Singleton;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HexFormat;
import java.util.Iterator;
import java.util.List;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.result.ResultIterable;

/** Reads and verifies the chain. */
@Singleton
final class AuditChain {
    private static final int FETCH = 1000;

    private final Database database;

    AuditChain(Database database) {
        this.database = database;
    }

    /** Recomputes every hash from the first event on and compares the last with the head. */
    Verification verify() {
        return database.transaction(
                tx -> {
                    tx.execute("set transaction isolation level repeatable read");
                    return verify(tx);
                });
    }

    private static Verification verify(Handle tx) {
        String previous = AuditRecord.GENESIS;
        long count = 0;
        ResultIterable<AuditRecord> records =
                tx.createQuery("select * from audit_event order by sequence")
                        .setFetchSize(FETCH)
                        .map((row, context) -> record(row));
        try (var iterator = records.iterator()) {
            for (Iterator<AuditRecord> it = iterator; it.hasNext(); ) {
                AuditRecord record = it.next();
                count++;
                if (record.sequence() != count) {
                    return Verification.bad(count, count, "event " + count + " is missing");
                }
                if (!record.hash().equals(record.expectedHash(previous))) {
                    return Verification.bad(
                            count, count, "event " + count + " does not match its hash");
                }
                previous = record.hash();
            }
        }
        return compareWithHead(tx, count, previous);
    }

    private static Verification compareWithHead(Handle tx, long count, String last) {
        String head =
                tx.createQuery("select encode(hash, 'hex') from audit_head")
                        .mapTo(String.class)
                        .one();
        long sequence = tx.createQuery("select sequence from audit_head").mapTo(Long.class).one();
        if (sequence != count || !head.equals(last)) {
            return Verification.bad(
                    count,
                    count + 1,
                    "the head names event " + sequence + ", but the newest event is " + count);
        }
        return new Verification(true, count, last, 0, "");
    }

    /** Returns the newest events first, of a subject and of what lies below it. */
    List<AuditRecord> list(long before, String subject, int limit) {
        return database.read(
                handle ->
                        handle.createQuery(
                                        "select * from audit_event where sequence < :before"
                                                + " and (:subject = '' or subject = :subject"
                                                + " or starts_with(subject, :subject || '/'))"
                                                + " order by sequence desc limit :limit")
                                .bind("before", before)
                                .bind("subject", subject)
                                .bind("limit", limit)
                                .map((row, context) -> record(row))
                                .list());
    }

    private static AuditRecord record(ResultSet row) throws SQLException {
        return new AuditRecord(
                row.getLong("sequence"),
                row.getTimestamp("at").toInstant(),
                row.getString("principal"),
                row.getString("key_id"),
                row.getString("action"),
                row.getString("subject"),
                row.getString("detail"),
                HexFormat.of().formatHex(row.getBytes("hash")));
    }

    /**
     * What a verification found.
     *
     * @param events events that were read
     * @param head hash of the newest event, hex
     * @param firstBad sequence of the first event that does not fit, 0 when all do
     */
    record Verification(boolean valid, long events, String head, long firstBad, String problem) {
        static Verification bad(long events, long firstBad, String problem) {
            return new Verification(false, events, "", firstBad, problem);
        }
    }
}
