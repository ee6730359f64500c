package dev.tidegate.server.audit;

import dev.tidegate.proto.v1.AuditServiceGrpc;
import dev.tidegate.proto.v1.ListAuditEventsRequest;
import dev.tidegate.proto.v1.ListAuditEventsResponse;
import dev.tidegate.proto.v1.VerifyAuditRequest;
import dev.tidegate.proto.v1.VerifyAuditResponse;
import dev.tidegate.server.platform.grpc.Unary;
import io.grpc.stub.StreamObserver;
import jakarta.inject.Singleton;

/** The audit trail over gRPC. */
@Singleton
final class AuditGrpcService extends AuditServiceGrpc.AuditServiceImplBase {
    private static final int DEFAULT_LIMIT = 100;
    private static final int MOST = 1000;

    private final AuditChain chain;

    AuditGrpcService(AuditChain chain) {
        this.chain = chain;
    }

    @Override
    public void verifyAudit(
            VerifyAuditRequest request, StreamObserver<VerifyAuditResponse> observer) {
        Unary.answer(observer, () -> AuditProtoMapper.verification(chain.verify()));
    }

    @Override
    public void listAuditEvents(
            ListAuditEventsRequest request, StreamObserver<ListAuditEventsResponse> observer) {
        int limit = request.getLimit() <= 0 ? DEFAULT_LIMIT : Math.min(request.getLimit(), MOST);
        long before = request.getBefore() <= 0 ? Long.MAX_VALUE : request.getBefore();
        Unary.answer(
                observer,
                () -> AuditProtoMapper.events(chain.list(before, request.getSubject(), limit)));
    }
}
