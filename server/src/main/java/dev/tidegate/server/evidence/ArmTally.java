package dev.tidegate.server.evidence;

import dev.tidegate.server.journal.JournalRecord;
import dev.tidegate.server.journal.Outcome;
import dev.tidegate.server.stats.LatencyHistogram;

/** What one stretch of the journal says of one arm in one route epoch. */
final class ArmTally {
    private final EpochGuardrails guardrails;
    private final EpochUnits seen;
    private final long[] events;
    private final LatencyHistogram latency = new LatencyHistogram();
    private final UnitMarks newUnits = new UnitMarks();
    private final UnitMarks eventUnits = new UnitMarks();
    private long requests;
    private long errors;
    private long judged;

    ArmTally(EpochGuardrails guardrails, EpochUnits seen) {
        this.guardrails = guardrails;
        this.seen = seen;
        events = new long[guardrails.size()];
    }

    void add(JournalRecord record) {
        Outcome outcome = record.outcome();
        requests++;
        errors += outcome.isOk() ? 0 : 1;
        latency.add(record.totalMicros());
        if (record.inEvidence() && guardrails.isJudged()) {
            byte mask = guardrails.mask(record.arm(), outcome, record.totalMicros());
            judge(record.unitHash(), mask);
        }
    }

    private void judge(long unit, byte mask) {
        judged++;
        for (int i = 0; i < events.length; i++) {
            events[i] += mask >>> i & 1;
        }
        if (seen.isNew(unit) && !newUnits.contains(unit)) {
            newUnits.add(unit, mask);
        }
        if (seen.isNews(unit, mask)) {
            eventUnits.add(unit, mask);
        }
    }

    /** Takes note of the units that were listed, once the row is committed. */
    void committed() {
        for (long unit : newUnits.units()) {
            seen.list(unit, (byte) 0);
        }
        long[] units = eventUnits.units();
        byte[] marks = eventUnits.marks();
        for (int i = 0; i < units.length; i++) {
            seen.list(units[i], marks[i]);
        }
    }

    long requests() {
        return requests;
    }

    long errors() {
        return errors;
    }

    ArmPayload payload() {
        return new ArmPayload(judged, events, latency, newUnits, eventUnits);
    }
}
