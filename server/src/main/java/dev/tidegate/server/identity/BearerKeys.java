package dev.tidegate.server.identity;

import dev.tidegate.server.platform.error.TidegateException;
import jakarta.inject.Singleton;

/** Who stands behind an authorization header. */
@Singleton
final class BearerKeys {
    private static final String SCHEME = "Bearer ";

    private final KeyRing keys;

    BearerKeys(KeyRing keys) {
        this.keys = keys;
    }

    Principal principal(String authorization) {
        if (!authorization.regionMatches(true, 0, SCHEME, 0, SCHEME.length())) {
            throw TidegateException.unauthenticated(
                    "the authorization header has an unknown scheme; expected 'Bearer KEY'");
        }
        return keys.principal(authorization.substring(SCHEME.length()).strip());
    }
}
