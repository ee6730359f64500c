package dev.tidegate.server.predictionlog;

import dev.tidegate.server.journal.FormerJournal;
import dev.tidegate.server.journal.Journal;
import dev.tidegate.server.journal.JournalDelivery;
import dev.tidegate.server.journal.JournalOffsets;
import dev.tidegate.server.journal.JournalReader;
import dev.tidegate.server.journal.JournalReaderName;
import dev.tidegate.server.journal.JournalTail;
import dev.tidegate.server.platform.leader.Replica;
import dev.tidegate.server.platform.lifecycle.Startup;
import dev.tidegate.server.platform.storage.Database;
import dev.tidegate.server.platform.time.PeriodicTask;
import dev.tidegate.server.platform.time.SteadyClock;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Follows this boot's journal into the log, and delivers what former boots left. */
@Singleton
public final class PredictionLogDelivery implements JournalDelivery, Startup, AutoCloseable {
    private static final Duration PERIOD = Duration.ofMillis(200);
    private static final Duration ROLL = Duration.ofMinutes(1);
    private static final JournalReaderName NAME = JournalReaderName.PREDICTION_LOG;

    private final Database database;
    private final Journal journal;
    private final JournalOffsets offsets;
    private final BlockStore store;
    private final LogPartitions partitions;
    private final KnownLogSettings settings;
    private final FormerRows formerRows;
    private final Clock clock;
    private final SteadyClock steady;
    private final PredictionTail live;
    private @Nullable PeriodicTask tailing;
    private @Nullable PeriodicTask rolling;

    PredictionLogDelivery(
            Database database,
            Journal journal,
            Replica replica,
            JournalOffsets offsets,
            BlockStore store,
            LogPartitions partitions,
            KnownLogSettings settings,
            FormerRows formerRows,
            Clock clock,
            SteadyClock steady) {
        this.database = database;
        this.journal = journal;
        this.offsets = offsets;
        this.store = store;
        this.partitions = partitions;
        this.settings = settings;
        this.formerRows = formerRows;
        this.clock = clock;
        this.steady = steady;
        live = tail(replica.boot(), journal.reader());
    }

    private PredictionTail tail(UUID boot, JournalReader reader) {
        JournalTail tail = new JournalTail(database, offsets, boot, NAME, reader);
        return new PredictionTail(tail, boot, store, partitions, settings);
    }

    @Override
    public int getOrder() {
        return TAILERS;
    }

    @Override
    public void start() {
        rolling = PeriodicTask.start("prediction-log-partitions", ROLL, this::roll);
        tailing = PeriodicTask.start("prediction-log", PERIOD, this::follow);
    }

    /** Makes and drops partitions, and converts what is left of the log before it had blocks. */
    void roll() {
        partitions.roll(clock.instant());
        steady.instant().ifPresent(partitions::dropOld);
        formerRows.convert();
    }

    /** Delivers all that is in the journal now. */
    void follow() {
        boolean more = true;
        while (more) {
            more = live.deliver(journal::lost);
            journal.release(NAME, live.position());
        }
    }

    @Override
    public void drain(FormerJournal former) {
        PredictionTail tail = tail(former.boot(), former.reader());
        boolean more = true;
        while (more) {
            more = tail.deliver(() -> 0);
        }
    }

    /** Delivers the rest; called when the edge takes no more requests. */
    @Override
    @PreDestroy
    public void close() {
        PeriodicTask running = tailing;
        if (running != null) {
            running.close();
            follow();
        }
        PeriodicTask roller = rolling;
        if (roller != null) {
            roller.close();
        }
    }
}
