package dev.tidegate.server.evidence;

import dev.tidegate.server.journal.EventCodes;
import dev.tidegate.server.journal.JournalRecord;

/**
 * What one row is about.
 *
 * @param arm 1 champion, 2 candidate
 */
record ArmKey(long modelId, long epoch, byte arm) {
    static ArmKey of(JournalRecord record) {
        return new ArmKey(record.modelId(), record.routeEpoch(), EventCodes.of(record.arm()));
    }
}
