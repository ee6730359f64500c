package dev.tidegate.server.predictionlog;

import dev.tidegate.server.journal.JournalBatch;
import dev.tidegate.server.journal.JournalBudget;
import dev.tidegate.server.journal.JournalOffset;
import dev.tidegate.server.journal.JournalRecord;
import dev.tidegate.server.journal.JournalStretch;
import dev.tidegate.server.journal.JournalTail;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.UUID;
import java.util.function.LongSupplier;
import org.jdbi.v3.core.Handle;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Moves one boot's records into the log.
 *
 * <p>Rows that the database refuses are narrowed down by halving the batch; a single one that it
 * refuses is counted as lost. Serves one thread.
 */
final class PredictionTail {
    private static final Logger LOG = LoggerFactory.getLogger(PredictionTail.class);

    /** Records in one transaction. */
    private static final long MOST = 8_192;

    /** Bytes of records in one transaction. */
    private static final long BYTES = 4L << 20;

    private final JournalTail tail;
    private final UUID boot;
    private final BlockStore store;
    private final LogPartitions partitions;
    private final KnownLogSettings settings;
    private final Deque<BlockWriter> writers = new ArrayDeque<>();

    private long records = MOST;
    private boolean skipping;
    private long refused;

    PredictionTail(
            JournalTail tail,
            UUID boot,
            BlockStore store,
            LogPartitions partitions,
            KnownLogSettings settings) {
        this.tail = tail;
        this.boot = boot;
        this.store = store;
        this.partitions = partitions;
        this.settings = settings;
    }

    /**
     * Delivers the next stretch.
     *
     * @param lost events that could not be appended since the boot's start
     * @return whether there may be more
     */
    boolean deliver(LongSupplier lost) {
        try {
            return skipping ? deliver(lost, new Skipped()) : deliverBlocks(lost);
        } catch (RowsRefusedException e) {
            refused(e);
            return true;
        } catch (RuntimeException e) {
            partitions.forget();
            throw e;
        }
    }

    private boolean deliverBlocks(LongSupplier lost) {
        PredictionBatch batch = new PredictionBatch(boot, store, partitions, settings, writers);
        try {
            return deliver(lost, batch);
        } finally {
            batch.release();
        }
    }

    private boolean deliver(LongSupplier lost, JournalBatch batch) {
        JournalBudget budget = new JournalBudget(records, BYTES);
        JournalStretch stretch = tail.deliver(budget, () -> lost.getAsLong() + refused, batch);
        records = Math.min(MOST, records * 2);
        skipping = false;
        return stretch.hasSpent(budget);
    }

    /** Returns the offset behind what is in the log. */
    JournalOffset position() {
        return tail.position();
    }

    private void refused(RowsRefusedException refusal) {
        partitions.forget();
        if (records > 1) {
            records /= 2;
        } else {
            LOG.error("a prediction cannot be logged and is counted as lost", refusal);
            skipping = true;
            refused++;
        }
    }

    /** Passes over one record that the database refuses. */
    private static final class Skipped implements JournalBatch {
        @Override
        public void add(JournalRecord record) {
            LOG.error("prediction {} is lost to the log", record.predictionId());
        }

        @Override
        public void write(Handle tx, JournalStretch stretch, long lost) {}
    }
}
