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
        return create(name, roles, 0, 0);
    }

    /**
     * As above, with a limit.
     *
     * @param rate requests a second; 0 for the server's usual limit
     * @param burst requests at once; 0 for what one second allows
     */
    Document create(String name, List<String> roles, double rate, int burst) {
        CreateKeyResponse created =
                identity.createKey(
                        CreateKeyRequest.newBuilder()
                                .setMutation(MutationProtoMapper.fresh())
                                .setName(name)
                                .addAllRoles(roles)
                                .setRate(rate)
                                .setBurst(burst)
                                .build());
        return limited(
                        created.getKey(),
                        new Document()
                                .with("id", created.getKey().getId())
                                .with("name", created.getKey().getName())
                                .with("roles", List.copyOf(created.getKey().getRolesList())))
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
        return limited(
                        key,
                        new Document()
                                .with("id", key.getId())
                                .with("name", key.getName())
                                .with("roles", List.copyOf(key.getRolesList())))
                .with("createdAt", ValueProtoMapper.time(key.hasCreatedAt(), key.getCreatedAt()))
                .with("revokedAt", ValueProtoMapper.time(key.hasRevokedAt(), key.getRevokedAt()));
    }

    private static Document limited(Key key, Document document) {
        return key.getRate() == 0
                ? document
                : document.with("rate", key.getRate()).with("burst", key.getBurst());
    }
}
