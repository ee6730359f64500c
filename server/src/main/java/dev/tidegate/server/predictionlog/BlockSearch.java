package dev.tidegate.server.predictionlog;

import dev.tidegate.server.journal.ArmEvent;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;

/** Finds predictions in the blocks, decoding no more of them than it must. */
@Singleton
final class BlockSearch {
    private static final int PAGE = 64;

    /** Bytes of messages that a search finds at most: they go out as one answer. */
    private static final long MOST_BYTES = 1 << 20;

    private static final String KEYS =
            "select bucket, first_id, last_id from prediction_block where ";

    private final BlockStore store;

    BlockSearch(BlockStore store) {
        this.store = store;
    }

    List<ArmEvent> withId(Handle handle, UUID id) {
        List<ArmEvent> found = new ArrayList<>();
        for (byte[] body : store.around(handle, id)) {
            BlockReader.read(body, onlyOf(Set.of(id), found::add));
        }
        return found;
    }

    /** Shows the predictions with these ids, block by block. */
    void withIds(Handle handle, Set<UUID> ids, Consumer<ArmEvent> events) {
        Map<LogBucket, List<UUID>> buckets =
                ids.stream().collect(Collectors.groupingBy(LogBucket::of));
        buckets.forEach(
                (bucket, wanted) -> {
                    for (BlockKey key : keys(handle, bucket)) {
                        if (wanted.stream().anyMatch(key::spans)) {
                            store.body(handle, key)
                                    .ifPresent(body -> BlockReader.read(body, onlyOf(ids, events)));
                        }
                    }
                });
    }

    private static Consumer<ArmEvent> onlyOf(Set<UUID> ids, Consumer<ArmEvent> events) {
        return event -> {
            if (ids.contains(event.predictionId())) {
                events.accept(event);
            }
        };
    }

    private static List<BlockKey> keys(Handle handle, LogBucket bucket) {
        return handle.createQuery(KEYS + "bucket = :bucket")
                .bind("bucket", bucket.number())
                .map((row, context) -> BlockKey.of(row))
                .list();
    }

    /**
     * Adds a client's newest predictions.
     *
     * @param tx whose planner is kept from reading every array instead of their index
     */
    void addOfClient(Handle tx, String clientId, int limit, NewestEvents newest) {
        tx.execute("set local enable_seqscan = off");
        List<BlockKey> keys =
                tx.createQuery(
                                "with found as materialized ("
                                        + KEYS
                                        + "clients @> array[:hash]::bigint[])"
                                        + " select * from found order by bucket desc, last_id desc"
                                        + " limit :limit")
                        .bind("hash", ClientHash.of(clientId))
                        .bind("limit", limit)
                        .map((row, context) -> BlockKey.of(row))
                        .list();
        add(
                tx,
                keys,
                event -> {
                    if (event.clientId().equals(clientId)) {
                        newest.add(event);
                    }
                },
                newest);
    }

    /** Returns the newest predictions that a filter leaves, newest first, without messages. */
    List<ArmEvent> newest(Handle handle, KnownFilter filter, int limit) {
        NewestEvents newest = new NewestEvents(limit, MOST_BYTES);
        BlockKey behind = new BlockKey(Long.MAX_VALUE, new UUID(-1, -1), new UUID(-1, -1));
        List<BlockKey> page;
        do {
            page = before(handle, filter, behind);
            if (page.isEmpty()) {
                break;
            }
            add(
                    handle,
                    page,
                    event -> {
                        if (filter.accepts(event)) {
                            newest.add(event.withoutMessages());
                        }
                    },
                    newest);
            behind = page.getLast();
        } while (page.size() == PAGE && newest.canUse(behind.last()));
        return newest.newestFirst();
    }

    private List<BlockKey> before(Handle handle, KnownFilter filter, BlockKey behind) {
        return filter.bind(
                        handle.createQuery(
                                KEYS
                                        + filter.blocks()
                                        + " and bucket <= :bucket and (bucket < :bucket or last_id < :last)"
                                        + " order by bucket desc, last_id desc limit "
                                        + PAGE))
                .bind("bucket", behind.bucket())
                .bind("last", behind.last())
                .map((row, context) -> BlockKey.of(row))
                .list();
    }

    private void add(
            Handle handle,
            List<BlockKey> newestFirst,
            Consumer<ArmEvent> events,
            NewestEvents newest) {
        for (BlockKey key : newestFirst) {
            if (!newest.canUse(key.last())) {
                return;
            }
            store.body(handle, key).ifPresent(body -> BlockReader.read(body, events));
        }
    }

    /** Returns how many predictions a filter leaves. */
    long count(Handle handle, KnownFilter filter) {
        return countWhole(handle, filter) + countInFirstBucket(handle, filter);
    }

    private static long countWhole(Handle handle, KnownFilter filter) {
        return filter.bind(
                        handle.createQuery(
                                "select coalesce(sum(kind.n), 0) from prediction_block,"
                                        + " unnest(models, versions, epochs, outcomes, counts)"
                                        + " as kind(model, version, epoch, outcome, n)"
                                        + " where last_id >= :oldest and bucket > :oldest_bucket and "
                                        + filter.kinds()))
                .mapTo(Long.class)
                .one();
    }

    /**
     * Only blocks of the oldest ten seconds may have predictions on both sides of the oldest id.
     */
    private long countInFirstBucket(Handle handle, KnownFilter filter) {
        List<BlockKey> keys =
                filter.bind(
                                handle.createQuery(
                                        KEYS + filter.blocks() + " and bucket = :oldest_bucket"))
                        .map((row, context) -> BlockKey.of(row))
                        .list();
        long[] count = {0};
        for (BlockKey key : keys) {
            store.body(handle, key)
                    .ifPresent(
                            body ->
                                    BlockReader.read(
                                            body,
                                            event -> count[0] += filter.accepts(event) ? 1 : 0));
        }
        return count[0];
    }
}
