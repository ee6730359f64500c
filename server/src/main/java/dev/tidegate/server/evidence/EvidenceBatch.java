package dev.tidegate.server.evidence;

import dev.tidegate.server.journal.JournalBatch;
import dev.tidegate.server.journal.JournalRecord;
import dev.tidegate.server.journal.JournalStretch;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;

/** One stretch of one boot's journal as evidence. */
final class EvidenceBatch implements JournalBatch {
    private final GuardrailBook guardrails;
    private final SeenUnits seen;
    private final EvidenceTable table;
    private final boolean live;
    private final Function<JournalStretch, EvidenceHead> head;
    private final Map<ArmKey, ArmTally> tallies = new LinkedHashMap<>();

    EvidenceBatch(
            GuardrailBook guardrails,
            SeenUnits seen,
            EvidenceTable table,
            boolean live,
            Function<JournalStretch, EvidenceHead> head) {
        this.guardrails = guardrails;
        this.seen = seen;
        this.table = table;
        this.live = live;
        this.head = head;
    }

    @Override
    public void add(JournalRecord record) {
        tallies.computeIfAbsent(ArmKey.of(record), this::tally).add(record);
    }

    private ArmTally tally(ArmKey key) {
        return new ArmTally(guardrails.of(key.epoch()), seen.of(key.epoch()));
    }

    @Override
    public void write(Handle tx, JournalStretch stretch, long lost) {
        table.insert(tx, head.apply(stretch), stretch, lost, tallies);
    }

    /** An empty second of a live boot is evidence too: this replica saw nothing. */
    @Override
    public boolean takesEmptyStretches() {
        return live;
    }

    void committed() {
        tallies.values().forEach(ArmTally::committed);
    }
}
