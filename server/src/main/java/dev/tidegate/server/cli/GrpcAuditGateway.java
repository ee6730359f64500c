package dev.tidegate.server.cli;

import dev.tidegate.proto.v1.AuditEvent;
import dev.tidegate.proto.v1.AuditServiceGrpc;
import dev.tidegate.proto.v1.ListAuditEventsRequest;
import dev.tidegate.proto.v1.VerifyAuditRequest;
import dev.tidegate.proto.v1.VerifyAuditResponse;

/** The chain of everything that changed. */
public final class GrpcAuditGateway {
    private final AuditServiceGrpc.AuditServiceBlockingStub audit;

    public GrpcAuditGateway(ServerConnection connection) {
        audit = AuditServiceGrpc.newBlockingStub(connection.channel());
    }

    /** Returns valid, events, head, firstBad and problem. */
    public Document verify() {
        VerifyAuditResponse answer = audit.verifyAudit(VerifyAuditRequest.getDefaultInstance());
        return new Document()
                .with("valid", answer.getValid())
                .with("events", answer.getEvents())
                .with("head", answer.getHead())
                .with("firstBad", answer.getValid() ? null : answer.getFirstBad())
                .with("problem", answer.getProblem().isEmpty() ? null : answer.getProblem());
    }

    /** Returns events, newest first; an empty subject takes those of all. */
    public Document list(String subject, int limit) {
        return new Document()
                .with(
                        "events",
                        audit
                                .listAuditEvents(
                                        ListAuditEventsRequest.newBuilder()
                                                .setSubject(subject)
                                                .setLimit(limit)
                                                .build())
                                .getEventsList()
                                .stream()
                                .map(GrpcAuditGateway::event)
                                .toList());
    }

    private static Document event(AuditEvent event) {
        return new Document()
                .with("sequence", event.getSequence())
                .with("at", ValueProtoMapper.time(event.hasAt(), event.getAt()))
                .with("principal", event.getPrincipal())
                .with("key", event.getKeyId().isEmpty() ? null : event.getKeyId())
                .with("action", event.getAction())
                .with("subject", event.getSubject())
                .with("detail", event.getDetailJson())
                .with("hash", event.getHash());
    }
}
