package dev.tidegate.server.evidence;

import dev.tidegate.server.journal.EventCodes;
import dev.tidegate.server.stats.ArmSecond;
import dev.tidegate.server.stats.LatencyHistogram;

/** What a row of evidence holds beside its key. */
public final class ArmPayload {
    private final long judged;
    private final long[] events;
    private final LatencyHistogram latency;
    private final UnitMarks newUnits;
    private final UnitMarks eventUnits;

    ArmPayload(
            long judged,
            long[] events,
            LatencyHistogram latency,
            UnitMarks newUnits,
            UnitMarks eventUnits) {
        this.judged = judged;
        this.events = events;
        this.latency = latency;
        this.newUnits = newUnits;
        this.eventUnits = eventUnits;
    }

    /** Returns the latency of all requests, also of those that the gate does not count. */
    public LatencyHistogram latency() {
        return latency;
    }

    /**
     * Returns what the gate counts.
     *
     * @param epoch the row's
     * @param arm the row's: 1 champion, 2 candidate
     */
    public ArmSecond evidence(long epoch, int arm) {
        return new ArmSecond(
                epoch,
                EventCodes.arm(arm),
                judged,
                events,
                newUnits.units(),
                newUnits.marks(),
                eventUnits.units(),
                eventUnits.marks());
    }

    long judged() {
        return judged;
    }

    long[] events() {
        return events;
    }

    UnitMarks newUnits() {
        return newUnits;
    }

    UnitMarks eventUnits() {
        return eventUnits;
    }
}
