package dev.tidegate.workbench.connection;

import dev.tidegate.proto.v1.IdentityServiceGrpc;
import dev.tidegate.proto.v1.WhoAmIRequest;
import dev.tidegate.proto.v1.WhoAmIResponse;
import dev.tidegate.workbench.failure.Outcome;
import io.grpc.Channel;
import java.util.concurrent.CompletableFuture;

/** {@link IdentityGateway} over the control API. */
public final class GrpcIdentityGateway implements IdentityGateway {
    private final IdentityServiceGrpc.IdentityServiceStub stub;

    public GrpcIdentityGateway(Channel channel) {
        this.stub = IdentityServiceGrpc.newStub(channel);
    }

    @Override
    public CompletableFuture<Outcome<Identity>> whoAmI() {
        return UnaryCall.of(
                observer -> stub.whoAmI(WhoAmIRequest.getDefaultInstance(), observer),
                (WhoAmIResponse answer) -> new Identity(answer.getName(), answer.getRolesList()));
    }
}
