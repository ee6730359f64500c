package dev.tidegate.workbench;

import dev.tidegate.proto.v1.IdentityServiceGrpc;
import dev.tidegate.proto.v1.WhoAmIRequest;
import dev.tidegate.proto.v1.WhoAmIResponse;
import io.grpc.stub.StreamObserver;

/** Says that everybody is Anna Keller. */
public final class ScriptedIdentity extends IdentityServiceGrpc.IdentityServiceImplBase {
    @Override
    public void whoAmI(WhoAmIRequest request, StreamObserver<WhoAmIResponse> observer) {
        observer.onNext(
                WhoAmIResponse.newBuilder().setName("Anna Keller").addRoles("admin").build());
        observer.onCompleted();
    }
}
