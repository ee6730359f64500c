package dev.tidegate.server.identity;

import dev.tidegate.server.platform.error.TidegateException;
import java.util.Arrays;
import java.util.Set;

/**
 * Who calls.
 *
 * @param id id of the key that proved it
 * @param name name of the key's owner
 */
public record Principal(String id, String name, Set<Role> roles) {
    /** The server itself, in the audit trail. */
    public static final Principal SYSTEM = new Principal("system", "tidegate", Set.of(Role.ADMIN));

    /** A caller on loopback without a key: may ask models. */
    public static final Principal ANONYMOUS =
            new Principal("anonymous", "anonymous", Set.of(Role.INFERENCE));

    public Principal {
        roles = Set.copyOf(roles);
    }

    /** Returns whether it has one of the roles; an admin has each. */
    public boolean may(Role... anyOf) {
        return roles.contains(Role.ADMIN) || Arrays.stream(anyOf).anyMatch(roles::contains);
    }

    /** Refuses who has none of the roles. */
    public Principal require(Role... anyOf) {
        if (may(anyOf)) {
            return this;
        }
        throw TidegateException.notAllowed(
                "'"
                        + name
                        + "' has the roles "
                        + roles.stream().map(Role::label).sorted().toList()
                        + "; this needs one of "
                        + Arrays.stream(anyOf).map(Role::label).toList());
    }
}
