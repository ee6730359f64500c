package dev.tidegate.server.predictionlog;

import dev.tidegate.server.journal.JournalBatch;
import dev.tidegate.server.journal.JournalBudget;
import dev.tidegate.server.journal.JournalOffset;
import dev.tidegate.server.journal.JournalRecord;
import dev.tidegate.server.journal.JournalStretch;
import dev.tidegate.server.journal.JournalTail;
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
    private final PredictionCopy copy;
    private final LogPartitions partitions;

    /** Kept from batch to batch: new memory of that size each time would set off the collector. */
    private final CopyBuffer rows = new CopyBuffer();

    private long records = MOST;
    private boolean staged;
    private boolean skipping;
    private long refused;

    PredictionTail(JournalTail tail, UUID boot, PredictionCopy copy, LogPartitions partitions) {
        this.tail = tail;
        this.boot = boot;
        this.copy = copy;
        this.partitions = partitions;
    }

    /**
     * Delivers the next stretch.
     *
     * @param lost events that could not be appended since the boot's start
     * @return whether there may be more
     */
    boolean deliver(LongSupplier lost) {
        try {
            JournalBudget budget = new JournalBudget(records, BYTES);
            JournalStretch stretch =
                    tail.deliver(budget, () -> lost.getAsLong() + refused, batch());
            succeeded();
            return stretch.hasSpent(budget);
        } catch (RowsRefusedException e) {
            refused(e);
            return true;
        } catch (RuntimeException e) {
            partitions.forget();
            throw e;
        }
    }

    /** Returns the offset behind what is in the log. */
    JournalOffset position() {
        return tail.position();
    }

    private JournalBatch batch() {
        return skipping ? new Skipped() : new PredictionBatch(boot, copy, partitions, rows, staged);
    }

    private void succeeded() {
        records = Math.min(MOST, records * 2);
        staged = false;
        skipping = false;
    }

    private void refused(RowsRefusedException refusal) {
        partitions.forget();
        if (refusal.isDuplicate() && !staged) {
            staged = true;
        } else if (records > 1) {
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
