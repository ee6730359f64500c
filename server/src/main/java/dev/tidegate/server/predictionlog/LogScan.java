package dev.tidegate.server.predictionlog;

import dev.tidegate.server.journal.ArmEvent;
import dev.tidegate.server.platform.storage.Database;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.UUID;
import java.util.function.Predicate;
import org.jdbi.v3.core.Handle;

/**
 * Shows one model's predictions of a time in the order of their ids.
 *
 * <p>Blocks of one bucket overlap, since every replica writes its own: they are taken in the order
 * of their first ids, and what is older than the next block's first id is shown. So no more is in
 * memory than the blocks that overlap at one moment. No connection is held while the visitor works.
 */
final class LogScan {
    private static final String OF_MODEL =
            " and :model = any(models) and last_id >= :from and first_id < :to";

    private final Database database;
    private final BlockStore store;
    private final EntryNames names;
    private final long model;
    private final UUID from;
    private final UUID to;
    private final Predicate<PredictionEntry> visitor;
    private final PriorityQueue<PredictionEntry> waiting =
            new PriorityQueue<>(Comparator.comparing(PredictionEntry::id, IdOrder.ASCENDING));
    private boolean stopped;

    LogScan(
            Database database,
            BlockStore store,
            LogSettingsTable settings,
            long model,
            PredictionRange range,
            Predicate<PredictionEntry> visitor) {
        this.database = database;
        this.store = store;
        names = new EntryNames(settings);
        this.model = model;
        from = LogHour.firstIdOf(range.from());
        to = LogHour.firstIdOf(range.to());
        this.visitor = visitor;
    }

    void run() {
        Optional<Long> bucket = bucketFrom(LogBucket.of(from).number());
        while (bucket.isPresent() && !stopped) {
            long number = bucket.get();
            for (BlockKey key : keys(number)) {
                showBefore(key.first());
                if (stopped) {
                    return;
                }
                load(key);
            }
            showBefore(to);
            bucket = bucketFrom(number + 1);
        }
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
                                .bind("newest", LogBucket.of(to).number())
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

    private void load(BlockKey key) {
        database.read(
                handle -> {
                    store.body(handle, key)
                            .ifPresent(
                                    body -> BlockReader.read(body, event -> take(handle, event)));
                    return key;
                });
    }

    private void take(Handle handle, ArmEvent event) {
        UUID id = event.predictionId();
        if (event.modelId() == model
                && IdOrder.compare(id, from) >= 0
                && IdOrder.compare(id, to) < 0) {
            waiting.add(names.entry(handle, event));
        }
    }

    private void showBefore(UUID id) {
        PredictionEntry next = waiting.peek();
        while (next != null && !stopped && IdOrder.compare(next.id(), id) < 0) {
            stopped = !visitor.test(waiting.remove());
            next = waiting.peek();
        }
    }
}
