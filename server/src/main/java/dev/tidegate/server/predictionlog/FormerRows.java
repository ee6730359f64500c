package dev.tidegate.server.predictionlog;

import dev.tidegate.server.journal.ArmEvent;
import dev.tidegate.server.journal.EventCodes;
import dev.tidegate.server.journal.JournalOffset;
import dev.tidegate.server.journal.Payload;
import dev.tidegate.server.platform.storage.Database;
import jakarta.inject.Singleton;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Converts what the log held when a prediction was a row: an hour in a transaction, after which its
 * rows are dropped. A home that never had such rows has no such table.
 */
@Singleton
final class FormerRows {
    private static final Logger LOG = LoggerFactory.getLogger(FormerRows.class);
    private static final String TABLE = "prediction";
    private static final UUID NO_BOOT = new UUID(0, 0);
    private static final int MOST = 8_192;
    private static final int BYTES = 4 << 20;
    private static final int FETCH = 512;

    private final Database database;
    private final BlockStore store;
    private final LogPartitions partitions;

    FormerRows(Database database, BlockStore store, LogPartitions partitions) {
        this.database = database;
        this.store = store;
        this.partitions = partitions;
    }

    void convert() {
        boolean more = true;
        while (more) {
            more = database.transaction(this::next);
        }
    }

    /** Converts the next hour, if no other server is at it; returns whether there may be more. */
    private boolean next(Handle tx) {
        if (!isAlone(tx) || !isThere(tx, TABLE)) {
            return false;
        }
        List<String> hours = LogPartitions.names(tx, TABLE);
        if (hours.isEmpty()) {
            tx.execute("drop table " + TABLE);
            LOG.info("the prediction log's former rows are converted");
            return false;
        }
        hour(tx, hours.getFirst());
        return true;
    }

    private static boolean isAlone(Handle tx) {
        return tx.createQuery(
                        "select pg_try_advisory_xact_lock(hashtext('former prediction rows'))")
                .mapTo(Boolean.class)
                .one();
    }

    private static boolean isThere(Handle handle, String table) {
        return handle.createQuery("select to_regclass(:table) is not null")
                .bind("table", table)
                .mapTo(Boolean.class)
                .one();
    }

    private void hour(Handle tx, String partition) {
        tx.createQuery("select id from " + partition + " limit 1")
                .mapTo(UUID.class)
                .findOne()
                .ifPresent(id -> partitions.ensure(List.of(LogBucket.of(id).hour())));
        convert(tx, partition);
        tx.execute("drop table " + partition);
    }

    private void convert(Handle tx, String partition) {
        Blocks blocks = new Blocks(tx, store);
        try (Stream<ArmEvent> events =
                tx
                        .createQuery("select * from " + partition + " order by id")
                        .setFetchSize(FETCH)
                        .map((row, context) -> event(row))
                        .stream()) {
            events.forEach(blocks::add);
        }
        blocks.flush();
    }

    private static ArmEvent event(ResultSet row) throws SQLException {
        long at = row.getTimestamp("at").toInstant().getEpochSecond();
        int nanos = row.getTimestamp("at").getNanos();
        return new ArmEvent(
                row.getObject("id", UUID.class),
                at * 1_000_000 + nanos / 1_000,
                row.getLong("route_epoch"),
                row.getLong("model_id"),
                row.getLong("routed_version_id"),
                row.getLong("answered_version_id"),
                EventCodes.arm(row.getInt("arm")),
                EventCodes.reason(row.getInt("reason")),
                row.getBoolean("in_evidence"),
                row.getLong("unit_hash"),
                EventCodes.outcome(row.getInt("outcome")),
                row.getInt("total_micros"),
                row.getInt("queue_micros"),
                row.getInt("compute_micros"),
                row.getString("client_id"),
                row.getString("error"),
                message(row, "request"),
                message(row, "response"),
                null);
    }

    private static Payload message(ResultSet row, String name) throws SQLException {
        byte[] whole = row.getBytes(name);
        return whole == null
                ? Payload.digest(row.getInt(name + "_size"), row.getBytes(name + "_sha256"))
                : Payload.whole(whole);
    }

    /** Gathers predictions in the order of their ids into blocks. */
    private static final class Blocks {
        private final Handle tx;
        private final BlockStore store;
        private final BlockWriter writer = new BlockWriter();
        private @Nullable LogBucket bucket;
        private PredictionBlock block = new PredictionBlock(writer);

        Blocks(Handle tx, BlockStore store) {
            this.tx = tx;
            this.store = store;
        }

        void add(ArmEvent event) {
            LogBucket next = LogBucket.of(event.predictionId());
            if (!next.equals(bucket) || block.bytes() > BYTES || block.summary().events() >= MOST) {
                flush();
            }
            bucket = next;
            block.add(event);
        }

        void flush() {
            LogBucket full = bucket;
            if (full != null && !block.isEmpty()) {
                store.insert(tx, full, NO_BOOT, JournalOffset.START, block);
            }
            block = new PredictionBlock(writer);
        }
    }
}
