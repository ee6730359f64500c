package dev.tidegate.server.identity;

import dev.tidegate.proto.v1.CreateKeyRequest;
import dev.tidegate.proto.v1.CreateKeyResponse;
import dev.tidegate.proto.v1.Key;
import dev.tidegate.proto.v1.ListKeysResponse;
import dev.tidegate.proto.v1.RevokeKeyResponse;
import dev.tidegate.proto.v1.WhoAmIResponse;
import dev.tidegate.server.platform.error.TidegateException;
import dev.tidegate.server.platform.grpc.WireTime;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Keys and principals as messages. */
final class IdentityProtoMapper {
    private IdentityProtoMapper() {}

    static WhoAmIResponse whoAmI(Principal principal) {
        return WhoAmIResponse.newBuilder()
                .setName(principal.name())
                .setKeyId(principal.id())
                .addAllRoles(labels(principal.roles()))
                .build();
    }

    static CreateKeyResponse created(KeyStore.Created created) {
        return CreateKeyResponse.newBuilder()
                .setKey(key(created.key()))
                .setSecret(created.secret())
                .build();
    }

    /** Returns the limit that the key is to have; 0 stands for none of its own. */
    static Optional<RateLimit> limit(CreateKeyRequest request) {
        if (request.getRate() == 0 && request.getBurst() != 0) {
            throw TidegateException.invalid(
                    "burst is %d without a rate; expected both, or a rate alone"
                            .formatted(request.getBurst()));
        }
        return request.getRate() == 0
                ? Optional.empty()
                : Optional.of(RateLimit.of(request.getRate(), request.getBurst()));
    }

    static ListKeysResponse list(List<ApiKey> keys) {
        return ListKeysResponse.newBuilder()
                .addAllKeys(keys.stream().map(IdentityProtoMapper::key).toList())
                .build();
    }

    static RevokeKeyResponse revoked(ApiKey key) {
        return RevokeKeyResponse.newBuilder().setKey(key(key)).build();
    }

    private static Key key(ApiKey key) {
        Key.Builder builder =
                Key.newBuilder()
                        .setId(key.id())
                        .setName(key.name())
                        .addAllRoles(labels(key.roles()))
                        .setCreatedAt(WireTime.of(key.createdAt()));
        key.limit().ifPresent(limit -> builder.setRate(limit.rate()).setBurst(limit.burst()));
        key.revokedAt().ifPresent(at -> builder.setRevokedAt(WireTime.of(at)));
        return builder.build();
    }

    private static List<String> labels(Set<Role> roles) {
        return roles.stream().map(Role::label).sorted().toList();
    }
}
