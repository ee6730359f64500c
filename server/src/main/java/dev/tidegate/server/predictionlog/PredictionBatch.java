package dev.tidegate.server.predictionlog;

import dev.tidegate.server.journal.ArmEvent;
import dev.tidegate.server.journal.JournalBatch;
import dev.tidegate.server.journal.JournalRecord;
import dev.tidegate.server.journal.JournalStretch;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/** Journal records of one stretch as blocks of the log. */
final class PredictionBatch implements JournalBatch {
    /** Writers that are kept; ids of one delivery are seldom of more than two buckets. */
    private static final int KEPT = 4;

    private final UUID boot;
    private final BlockStore store;
    private final LogPartitions partitions;
    private final KnownLogSettings settings;
    private final Deque<BlockWriter> writers;
    private final Deque<BlockWriter> used = new ArrayDeque<>();
    private final TreeMap<LogBucket, PredictionBlock> blocks = new TreeMap<>();

    /**
     * @param writers kept from batch to batch: new memory of that size each time would set off the
     *     collector
     */
    PredictionBatch(
            UUID boot,
            BlockStore store,
            LogPartitions partitions,
            KnownLogSettings settings,
            Deque<BlockWriter> writers) {
        this.boot = boot;
        this.store = store;
        this.partitions = partitions;
        this.settings = settings;
        this.writers = writers;
    }

    @Override
    public void add(JournalRecord record) {
        ArmEvent event = record.event();
        boolean whole = settings.of(event.modelId()).keepsMessages(event.predictionId());
        add(whole ? event : event.withoutMessages());
    }

    private void add(ArmEvent event) {
        blocks.computeIfAbsent(
                        LogBucket.of(event.predictionId()), bucket -> new PredictionBlock(writer()))
                .add(event);
    }

    private BlockWriter writer() {
        BlockWriter writer = writers.isEmpty() ? new BlockWriter() : writers.pop();
        used.push(writer);
        return writer;
    }

    @Override
    public void write(Handle tx, JournalStretch stretch, long lost) {
        if (stretch.records() == 0) {
            return;
        }
        Set<LogHour> hours = new TreeSet<>();
        blocks.keySet().forEach(bucket -> hours.add(bucket.hour()));
        partitions.ensure(hours);
        blocks.forEach(
                (bucket, block) -> {
                    PredictionBlock fresh = withoutRepeats(tx, bucket, block, stretch);
                    if (!fresh.isEmpty()) {
                        store.insert(tx, bucket, boot, stretch.to(), fresh);
                    }
                });
    }

    /** A stretch that is delivered again, with other ends perhaps, adds only what is new in it. */
    private PredictionBlock withoutRepeats(
            Handle tx, LogBucket bucket, PredictionBlock block, JournalStretch stretch) {
        Set<UUID> there = new HashSet<>();
        store.bodiesBehind(tx, bucket, boot, stretch.from())
                .forEach(body -> BlockReader.read(body, event -> there.add(event.predictionId())));
        if (there.isEmpty()) {
            return block;
        }
        PredictionBlock fresh = new PredictionBlock(new BlockWriter());
        block.read(
                event -> {
                    if (!there.contains(event.predictionId())) {
                        fresh.add(event);
                    }
                });
        return fresh;
    }

    /** Gives the memory back. */
    void release() {
        while (writers.size() < KEPT && !used.isEmpty()) {
            writers.push(used.pop());
        }
        used.clear();
    }
}
