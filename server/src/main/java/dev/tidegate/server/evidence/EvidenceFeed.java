package dev.tidegate.server.evidence;

import dev.tidegate.server.stats.LatencyHistogram;
import jakarta.inject.Singleton;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;

/**
 * Gives the leader the rows of closed seconds in one order, and each its place.
 *
 * <p>A second is closed when all live replicas have delivered it. Rows get positions by (second,
 * replica, sequence); one that comes after its second was folded gets a position of its own, and is
 * listed as late.
 */
@Singleton
public final class EvidenceFeed {
    /** Rows that are fetched at once; one has some kilobytes. */
    private static final int FETCH = 100;

    /** The epochs of a rollout's steps; while it only watched the champion its weight was zero. */
    private static final String ROWS =
            "select e.*, b.second from evidence_row e"
                    + " join evidence_batch b on b.boot = e.boot and b.sequence = e.sequence"
                    + " join route r on r.epoch = e.epoch and r.rollout_id = :rollout and r.weight > 0";

    /**
     * Returns the second through which all live replicas have delivered; empty when one has not.
     */
    public Optional<Instant> closedThrough(Handle handle) {
        return handle.createQuery(
                        "select case when bool_and(newest is not null) then min(newest) end from ("
                                + "select (select second from evidence_batch b where b.boot = p.boot"
                                + " order by sequence desc limit 1) as newest"
                                + " from replica p where p.lease_until > clock_timestamp()) live")
                .mapTo(Timestamp.class)
                .findOne()
                .map(Timestamp::toInstant);
    }

    /**
     * Gives places to the rows of closed seconds that have none yet, and returns them in order.
     *
     * @param after the last place given so far
     * @param folded the newest second of which a row has a place
     */
    public List<FoldRow> place(
            Handle tx, UUID rollout, Instant closedThrough, long after, Instant folded) {
        List<Unplaced> unplaced =
                tx.createQuery(
                                ROWS
                                        + " where e.position is null and b.second <= :through"
                                        + " order by b.second, e.boot, e.sequence, e.epoch, e.arm")
                        .bind("rollout", rollout)
                        .bind("through", Timestamp.from(closedThrough))
                        .map((row, context) -> Unplaced.of(row))
                        .list();
        List<FoldRow> placed = new ArrayList<>();
        PreparedBatch batch =
                tx.prepareBatch(
                        "update evidence_row set position = :position, look = :look, late = :late where boot = :boot"
                                + " and sequence = :sequence and model_id = :model and epoch = :epoch and arm = :arm");
        for (Unplaced row : unplaced) {
            FoldRow next =
                    row.at(after + placed.size() + 1, after + 1, !row.second.isAfter(folded));
            placed.add(next);
            row.bind(batch, next).add();
        }
        if (!placed.isEmpty()) {
            batch.execute();
        }
        return placed;
    }

    /**
     * Hands over the rows of a rollout that have a place, in order, of which {@value #FETCH} are in
     * memory at a time.
     *
     * @param tx a transaction: outside of one the driver fetches all of them at once
     */
    public void replay(Handle tx, UUID rollout, Consumer<FoldRow> fold) {
        tx.createQuery(ROWS + " where e.position is not null order by e.position")
                .bind("rollout", rollout)
                .setFetchSize(FETCH)
                .map(
                        (row, context) ->
                                Unplaced.of(row)
                                        .at(
                                                row.getLong("position"),
                                                row.getLong("look"),
                                                row.getBoolean("late")))
                .forEach(fold);
    }

    /** Returns live replicas whose newest evidence is older than the limit, with its age. */
    public List<String> stale(Handle handle, Duration limit) {
        return handle.createQuery(
                        "select name, extract(epoch from clock_timestamp() - newest) as age from ("
                                + "select p.name, coalesce((select second from evidence_batch b"
                                + " where b.boot = p.boot order by sequence desc limit 1), p.started_at) as newest from replica p"
                                + " where p.lease_until > clock_timestamp()) live"
                                + " where clock_timestamp() - newest > :limit * interval '1 ms'")
                .bind("limit", limit.toMillis())
                .map(
                        (row, context) ->
                                row.getString("name")
                                        + " ("
                                        + Math.round(row.getDouble("age"))
                                        + " s)")
                .list();
    }

    /** Returns how many events were lost since a time. */
    public long lostSince(Handle handle, Instant since) {
        return handle.createQuery(
                        "select coalesce(sum(lost), 0) from evidence_batch where second >= :since")
                .bind("since", Timestamp.from(since))
                .mapTo(Long.class)
                .one();
    }

    /**
     * Returns the latency of a champion over the newest seconds, without those in which a replica
     * had just begun to ask it.
     *
     * @param window how far back
     * @param warmUp time after a replica's first request, or its first after a pause of window and
     *     warm-up, that is left out
     */
    public LatencyHistogram championLatency(
            Handle handle, long modelId, long versionId, Duration window, Duration warmUp) {
        LatencyHistogram merged = new LatencyHistogram();
        handle.createQuery(
                        "select payload from ("
                                + "select e.payload, e.arm, e.boot, e.sequence, b.second,"
                                + " min(b.second) filter (where e.requests > 0) over (partition by e.boot) as first"
                                + " from evidence_row e"
                                + " join evidence_batch b on b.boot = e.boot and b.sequence = e.sequence"
                                + " where e.model_id = :model and e.version_id = :version and e.arm > 0"
                                + " and b.second > clock_timestamp() - (:window + :warm) * interval '1 ms') newest"
                                + " where arm = 1 and second > clock_timestamp() - :window * interval '1 ms'"
                                + " and second > first + :warm * interval '1 ms'"
                                + " order by second, boot, sequence")
                .bind("model", modelId)
                .bind("version", versionId)
                .bind("window", window.toMillis())
                .bind("warm", warmUp.toMillis())
                .mapTo(byte[].class)
                .forEach(payload -> merged.merge(ArmSecondCodec.decode(payload).latency()));
        return merged;
    }

    private record Unplaced(
            UUID boot,
            long sequence,
            long model,
            int armCode,
            Instant second,
            dev.tidegate.server.stats.ArmSecond evidence) {
        static Unplaced of(ResultSet row) throws SQLException {
            return new Unplaced(
                    row.getObject("boot", UUID.class),
                    row.getLong("sequence"),
                    row.getLong("model_id"),
                    row.getInt("arm"),
                    row.getTimestamp("second").toInstant(),
                    ArmSecondCodec.decode(row.getBytes("payload"))
                            .evidence(row.getLong("epoch"), row.getInt("arm")));
        }

        FoldRow at(long position, long look, boolean late) {
            return new FoldRow(position, look, second, late, evidence);
        }

        PreparedBatch bind(PreparedBatch batch, FoldRow placed) {
            return batch.bind("position", placed.position())
                    .bind("look", placed.look())
                    .bind("late", placed.late())
                    .bind("boot", boot)
                    .bind("sequence", sequence)
                    .bind("model", model)
                    .bind("epoch", evidence.epoch())
                    .bind("arm", armCode);
        }
    }
}
