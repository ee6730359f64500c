package dev.tidegate.server.identity;

import dev.tidegate.proto.v1.CreateKeyRequest;
import dev.tidegate.proto.v1.CreateKeyResponse;
import dev.tidegate.proto.v1.IdentityServiceGrpc;
import dev.tidegate.proto.v1.ListKeysRequest;
import dev.tidegate.proto.v1.ListKeysResponse;
import dev.tidegate.proto.v1.RevokeKeyRequest;
import dev.tidegate.proto.v1.RevokeKeyResponse;
import dev.tidegate.proto.v1.WhoAmIRequest;
import dev.tidegate.proto.v1.WhoAmIResponse;
import dev.tidegate.server.platform.grpc.Unary;
import io.grpc.stub.StreamObserver;
import jakarta.inject.Singleton;
import java.util.stream.Collectors;

/** Keys over gRPC. */
@Singleton
final class IdentityGrpcService extends IdentityServiceGrpc.IdentityServiceImplBase {
    private final KeyStore keys;

    IdentityGrpcService(KeyStore keys) {
        this.keys = keys;
    }

    @Override
    public void whoAmI(WhoAmIRequest request, StreamObserver<WhoAmIResponse> observer) {
        Unary.answer(observer, () -> IdentityProtoMapper.whoAmI(CurrentPrincipal.get()));
    }

    @Override
    public void createKey(CreateKeyRequest request, StreamObserver<CreateKeyResponse> observer) {
        Unary.answer(
                observer,
                () ->
                        IdentityProtoMapper.created(
                                keys.create(
                                        request.getName(),
                                        request.getRolesList().stream()
                                                .map(Role::of)
                                                .collect(Collectors.toUnmodifiableSet()),
                                        IdentityProtoMapper.limit(request),
                                        CurrentPrincipal.get())));
    }

    @Override
    public void listKeys(ListKeysRequest request, StreamObserver<ListKeysResponse> observer) {
        Unary.answer(observer, () -> IdentityProtoMapper.list(keys.list()));
    }

    @Override
    public void revokeKey(RevokeKeyRequest request, StreamObserver<RevokeKeyResponse> observer) {
        Unary.answer(
                observer,
                () ->
                        IdentityProtoMapper.revoked(
                                keys.revoke(request.getId(), CurrentPrincipal.get())));
    }
}
