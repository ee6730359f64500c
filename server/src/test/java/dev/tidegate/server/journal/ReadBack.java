package dev.tidegate.server.journal;

import java.util.ArrayList;
import java.util.List;

/** Puts events into a journal and reads them back. */
public final class ReadBack {
    private ReadBack() {}

    /** Appends, and waits while the supply of segments is a moment behind. */
    public static void append(Journal journal, ArmEvent event) {
        while (!journal.append(event)) {
            Thread.onSpinWait();
        }
    }

    public static ArmEvent event(JournalRecord record) {
        return new ArmEvent(
                record.predictionId(),
                record.timeMicros(),
                record.routeEpoch(),
                record.modelId(),
                record.routedVersionId(),
                record.answeredVersionId(),
                record.arm(),
                record.reason(),
                record.inEvidence(),
                record.unitHash(),
                record.outcome(),
                record.totalMicros(),
                record.queueMicros(),
                record.computeMicros(),
                record.clientId(),
                record.error(),
                record.request(),
                record.response());
    }

    public static List<ArmEvent> all(JournalReader reader) {
        List<ArmEvent> events = new ArrayList<>();
        reader.read(JournalOffset.START, JournalBudget.ALL, record -> events.add(event(record)));
        return events;
    }
}
