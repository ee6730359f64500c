package dev.tidegate.server.predictionlog;

import dev.tidegate.server.journal.ArmEvent;
import dev.tidegate.server.platform.storage.Database;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.UUID;
import java.util.function.Predicate;

/**
 * Shows one model's predictions of a time that are in the database, in the order of their ids.
 *
 * <p>Blocks of one bucket overlap, since every replica writes its own: they are taken in the order
 * of their first ids, and what is older than the next block's first id is shown. So no more is in
 * memory than the blocks that overlap at one moment. No connection is held while the visitor works.
 */
final class BlockScan {
    private static final String OF_MODEL =
            " and :model = any(models) and last_id >= :from and first_id < :to";

    private final Database database;
    private final BlockStore store;
    private final long model;
    private final UUID from;
    private final UUID to;
    private final PriorityQueue<ArmEvent> waiting =
            new PriorityQueue<>(Comparator.comparing(ArmEvent::predictionId, IdOrder.ASCENDING));

    /**
     * @param from smallest id
     * @param to id behind the largest
     */
    BlockScan(Database database, BlockStore store, long model, UUID from, UUID to) {
        this.database = database;
        this.store = store;
        this.model = model;
        this.from = from;
        this.to = to;
    }

    /** How a scan ended. */
    enum End {
        /** All that is in the database was shown. */
        REACHED,
        /** The visitor has enough. */
        STOPPED,
        /** A block left the database meanwhile: nothing behind what was shown is left out. */
        MOVED
    }

    /**
     * Shows them.
     *
     * @param visitor returns whether to go on
     */
    End run(Predicate<ArmEvent> visitor) {
        Optional<Long> bucket = bucketFrom(LogBucket.of(from).number());
        while (bucket.isPresent()) {
            long number = bucket.get();
            for (BlockKey key : keys(number)) {
                if (!showBefore(key.first(), visitor)) {
                    return End.STOPPED;
                }
                if (!load(key)) {
                    return End.MOVED;
                }
            }
            if (!showBefore(to, visitor)) {
                return End.STOPPED;
            }
            bucket = bucketFrom(number + 1);
        }
        return End.REACHED;
    }

    /** Returns the first bucket that has some of them. */
    Optional<Long> firstBucket() {
        return bucketFrom(LogBucket.of(from).number());
    }

    private Optional<Long> bucketFrom(long oldest) {
        return database.read(
                handle ->
                        handle.createQuery(
                                        "select bucket from prediction_block where bucket >= :oldest"
                                                + " and bucket <= :newest"
                                                + OF_MODEL
                                                + " order by bucket limit 1")
                                .bind("oldest", oldest)
                                .bind("newest", LogBucket.of(IdOrder.before(to)).number())
                                .bind("model", model)
                                .bind("from", from)
                                .bind("to", to)
                                .mapTo(Long.class)
                                .findOne());
    }

    private List<BlockKey> keys(long bucket) {
        return database.read(
                handle ->
                        handle.createQuery(
                                        "select bucket, first_id, last_id from prediction_block"
                                                + " where bucket = :bucket"
                                                + OF_MODEL
                                                + " order by first_id")
                                .bind("bucket", bucket)
                                .bind("model", model)
                                .bind("from", from)
                                .bind("to", to)
                                .map((row, context) -> BlockKey.of(row))
                                .list());
    }

    /** Returns whether the block is still there. */
    private boolean load(BlockKey key) {
        Optional<byte[]> body = database.read(handle -> store.body(handle, key));
        body.ifPresent(bytes -> BlockReader.read(bytes, this::take));
        return body.isPresent();
    }

    private void take(ArmEvent event) {
        UUID id = event.predictionId();
        if (event.modelId() == model
                && IdOrder.compare(id, from) >= 0
                && IdOrder.compare(id, to) < 0) {
            waiting.add(event);
        }
    }

    private boolean showBefore(UUID id, Predicate<ArmEvent> visitor) {
        ArmEvent next = waiting.peek();
        while (next != null && IdOrder.compare(next.predictionId(), id) < 0) {
            if (!visitor.test(waiting.remove())) {
                return false;
            }
            next = waiting.peek();
        }
        return true;
    }
}
