package dev.tidegate.server.cli;

import dev.tidegate.proto.v1.CreateKeyRequest;
import dev.tidegate.proto.v1.CreateKeyResponse;
import dev.tidegate.proto.v1.IdentityServiceGrpc;
import dev.tidegate.proto.v1.Key;
import dev.tidegate.proto.v1.ListKeysRequest;
import dev.tidegate.proto.v1.RevokeKeyRequest;
import java.util.List;

/** Who may do what. */
public final class GrpcKeyGateway {
    private final IdentityServiceGrpc.IdentityServiceBlockingStub identity;

    public GrpcKeyGateway(ServerConnection connection) {
        identity = IdentityServiceGrpc.newBlockingStub(connection.channel());
    }

    /** Returns id, name, roles and the key itself, which nobody can ask for again. */
    public Document create(String name, List<String> roles) {
        CreateKeyResponse created =
                identity.createKey(
                        CreateKeyRequest.newBuilder()
                                .setMutation(MutationProtoMapper.fresh())
                                .setName(name)
                                .addAllRoles(roles)
                                .build());
        return new Document()
                .with("id", created.getKey().getId())
                .with("name", created.getKey().getName())
                .with("roles", List.copyOf(created.getKey().getRolesList()))
                .with("key", created.getSecret());
    }

    Document list() {
        return new Document()
                .with(
                        "keys",
                        identity
                                .listKeys(ListKeysRequest.getDefaultInstance())
                                .getKeysList()
                                .stream()
                                .map(GrpcKeyGateway::document)
                                .toList());
    }

    Document revoke(String id) {
        return document(
                identity.revokeKey(
                                RevokeKeyRequest.newBuilder()
                                        .setMutation(MutationProtoMapper.fresh())
                                        .setId(id)
                                        .build())
                        .getKey());
    }

    private static Document document(Key key) {
        return new Document()
                .with("id", key.getId())
                .with("name", key.getName())
                .with("roles", List.copyOf(key.getRolesList()))
                .with("createdAt", ValueProtoMapper.time(key.hasCreatedAt(), key.getCreatedAt()))
                .with("revokedAt", ValueProtoMapper.time(key.hasRevokedAt(), key.getRevokedAt()));
    }
}
