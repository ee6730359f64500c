package dev.tidegate.server.identity;

import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/** A key as it is stored: without its secret. */
public record ApiKey(
        String id, String name, Set<Role> roles, Instant createdAt, Optional<Instant> revokedAt) {
    public ApiKey {
        roles = Set.copyOf(roles);
    }
}
