package dev.tidegate.server.evidence;

import dev.tidegate.server.journal.EventCodes;
import dev.tidegate.server.journal.JournalRecord;
import dev.tidegate.server.routing.RouteReason;

/**
 * What one row is about.
 *
 * @param epoch the route's; 0 when the client named the version
 * @param arm 0 none, because the client named the version; 1 champion, 2 candidate
 */
record ArmKey(long modelId, long epoch, byte arm, long versionId) {
    static ArmKey of(JournalRecord record) {
        return record.reason() == RouteReason.PINNED
                ? new ArmKey(record.modelId(), 0, (byte) 0, record.routedVersionId())
                : new ArmKey(
                        record.modelId(),
                        record.routeEpoch(),
                        EventCodes.of(record.arm()),
                        record.routedVersionId());
    }
}
