package dev.tidegate.server.evidence;

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
import dev.tidegate.server.platform.time.DatabaseTime;
import dev.tidegate.server.platform.time.PeriodicTask;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Delivers this boot's evidence after each second of the database's time, and former boots'. */
@Singleton
public final class EvidenceDelivery implements JournalDelivery, Startup, AutoCloseable {
    /** How often to look whether a second is over. */
    private static final Duration PERIOD = Duration.ofMillis(100);

    private static final JournalReaderName NAME = JournalReaderName.EVIDENCE;

    private final Database database;
    private final Journal journal;
    private final Replica replica;
    private final JournalOffsets offsets;
    private final GuardrailBook guardrails;
    private final EvidenceTable table;
    private final DatabaseTime time;
    private final EvidenceTail live;
    private @Nullable PeriodicTask task;

    EvidenceDelivery(
            Database database,
            Journal journal,
            Replica replica,
            JournalOffsets offsets,
            GuardrailBook guardrails,
            EvidenceTable table,
            DatabaseTime time) {
        this.database = database;
        this.journal = journal;
        this.replica = replica;
        this.offsets = offsets;
        this.guardrails = guardrails;
        this.table = table;
        this.time = time;
        live = tail(replica.boot(), journal.reader(), false);
    }

    private EvidenceTail tail(UUID boot, JournalReader reader, boolean recovered) {
        return new EvidenceTail(
                new JournalTail(database, offsets, boot, NAME, reader),
                boot,
                replica.name(),
                recovered,
                guardrails,
                table);
    }

    @Override
    public int getOrder() {
        return TAILERS;
    }

    @Override
    public void start() {
        task = PeriodicTask.start("evidence", PERIOD, this::follow);
    }

    /** Delivers when a further second of the database's time is over. */
    void follow() {
        if (time.isKnown()) {
            Instant over = lastSecond();
            if (!live.hasDelivered(over)) {
                deliver(over);
            }
        }
    }

    private void deliver(Instant second) {
        live.deliver(second, journal::lost);
        journal.release(NAME, live.position());
    }

    private Instant lastSecond() {
        return time.now().truncatedTo(ChronoUnit.SECONDS).minusSeconds(1);
    }

    @Override
    public void drain(FormerJournal former) {
        EvidenceTail tail = tail(former.boot(), former.reader(), true);
        tail.deliver(lastSecond(), () -> 0);
    }

    /** Delivers the rest, the second in progress among it; the edge takes no more requests. */
    @Override
    @PreDestroy
    public void close() {
        PeriodicTask running = task;
        if (running != null) {
            running.close();
            deliver(lastSecond().plusSeconds(1));
        }
    }
}
