package dev.tidegate.server.audit;

import dev.tidegate.proto.v1.ListAuditEventsResponse;
import dev.tidegate.proto.v1.VerifyAuditResponse;
import dev.tidegate.server.platform.grpc.WireTime;
import java.util.List;

/** Audit records as messages. */
final class AuditProtoMapper {
    private AuditProtoMapper() {}

    static VerifyAuditResponse verification(AuditChain.Verification verification) {
        return VerifyAuditResponse.newBuilder()
                .setValid(verification.valid())
                .setEvents(verification.events())
                .setHead(verification.head())
                .setFirstBad(verification.firstBad())
                .setProblem(verification.problem())
                .build();
    }

    static ListAuditEventsResponse events(List<AuditRecord> records) {
        return ListAuditEventsResponse.newBuilder()
                .addAllEvents(records.stream().map(AuditProtoMapper::event).toList())
                .build();
    }

    private static dev.tidegate.proto.v1.AuditEvent event(AuditRecord record) {
        return dev.tidegate.proto.v1.AuditEvent.newBuilder()
                .setSequence(record.sequence())
                .setAt(WireTime.of(record.at()))
                .setPrincipal(record.principal())
                .setKeyId(record.keyId())
                .setAction(record.action())
                .setSubject(record.subject())
                .setDetailJson(record.detail())
                .setHash(record.hash())
                .build();
    }
}
