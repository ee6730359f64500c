package dev.tidegate.server.identity;

import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/**
 * A key as it is stored: without its secret.
 *
 * @param limit its own; without one the server's usual limit holds
 */
record ApiKey(
        String id,
        String name,
        Set<Role> roles,
        Optional<RateLimit> limit,
        Instant createdAt,
        Optional<Instant> revokedAt) {
    public ApiKey {
        roles = Set.copyOf(roles);
    }
}
