package dev.tidegate.server.evidence;

import dev.tidegate.server.journal.JournalBudget;
import dev.tidegate.server.journal.JournalOffset;
import dev.tidegate.server.journal.JournalStretch;
import dev.tidegate.server.journal.JournalTail;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.UUID;
import java.util.function.LongSupplier;

/** Turns one boot's journal into evidence. Serves one thread. */
final class EvidenceTail {
    /** What one batch covers at most, so that catching up stays bounded in memory. */
    private static final JournalBudget BUDGET = new JournalBudget(1 << 18, Long.MAX_VALUE);

    private final JournalTail tail;
    private final UUID boot;
    private final String replica;
    private final boolean recovered;
    private final GuardrailBook guardrails;
    private final EvidenceTable table;
    private final SeenUnits seen = new SeenUnits();
    private Instant delivered = Instant.EPOCH;

    EvidenceTail(
            JournalTail tail,
            UUID boot,
            String replica,
            boolean recovered,
            GuardrailBook guardrails,
            EvidenceTable table) {
        this.tail = tail;
        this.boot = boot;
        this.replica = replica;
        this.recovered = recovered;
        this.guardrails = guardrails;
        this.table = table;
    }

    /**
     * Delivers everything that is in the journal now. While there is more than one batch may cover,
     * all but the last stay at the second before: the second is through when the last is committed.
     *
     * @param second database second through which the boot has then delivered
     * @param lost events that could not be appended since the boot's start
     */
    void deliver(Instant second, LongSupplier lost) {
        boolean more = true;
        while (more) {
            more = deliverOnce(second, lost).hasSpent(BUDGET);
        }
        delivered = second;
    }

    private JournalStretch deliverOnce(Instant second, LongSupplier lost) {
        EvidenceBatch batch =
                new EvidenceBatch(
                        guardrails, seen, table, !recovered, stretch -> head(stretch, second));
        JournalStretch stretch = tail.deliver(BUDGET, lost, batch);
        batch.committed();
        return stretch;
    }

    private EvidenceHead head(JournalStretch stretch, Instant second) {
        Instant before =
                delivered.equals(Instant.EPOCH) ? second.minus(1, ChronoUnit.SECONDS) : delivered;
        return new EvidenceHead(
                boot, replica, stretch.hasSpent(BUDGET) ? before : second, recovered);
    }

    boolean hasDelivered(Instant second) {
        return !delivered.isBefore(second);
    }

    JournalOffset position() {
        return tail.position();
    }
}
