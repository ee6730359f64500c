package dev.tidegate.server.identity;

import dev.tidegate.server.platform.error.TidegateException;
import dev.tidegate.server.platform.grpc.EdgeConfig;
import jakarta.inject.Singleton;
import org.jspecify.annotations.Nullable;

/**
 * Who may ask models, over whichever transport: everybody while only this machine reaches the
 * server, elsewhere who has a key with a role for it. Reads memory alone.
 */
@Singleton
final class InferenceAccess {
    private static final Role[] LOOK = Role.values();
    private static final Role[] ASK = {Role.ADMIN, Role.ENGINEER, Role.INFERENCE};
    private static final String SCHEME = "Bearer ";

    private final KeyRing keys;
    private final boolean required;

    InferenceAccess(KeyRing keys, IdentityConfig config, EdgeConfig edge) {
        this.keys = keys;
        this.required =
                switch (config.inferenceKey()) {
                    case ALWAYS -> true;
                    case NEVER -> false;
                    case BEYOND_LOOPBACK -> !edge.isLoopback();
                };
    }

    /**
     * Lets a caller in, who then takes from the permit for each request.
     *
     * @param authorization the header; null when there is none
     * @param aboutModels whether the call asks about models, and asks none
     */
    InferencePermit admit(@Nullable String authorization, boolean aboutModels) {
        if (authorization == null) {
            if (required) {
                throw TidegateException.unauthenticated(
                        "this server answers requests with a key alone; send 'authorization: Bearer KEY' ('tidegate key create NAME --role inference' makes one)");
            }
            return InferencePermit.UNLIMITED;
        }
        KnownKey key = known(authorization);
        if (required) {
            key.principal().require(aboutModels ? LOOK : ASK);
        }
        return key;
    }

    /** Returns the key of a header; refuses a call that came without one as well. */
    KnownKey required(@Nullable String authorization) {
        if (authorization == null) {
            throw TidegateException.unauthenticated(
                    "no key came with the call; send 'authorization: Bearer KEY'"
                            + " (the first admin key is in the server's home, in the file admin-key)");
        }
        return known(authorization);
    }

    /** Returns the key of a header; refuses one that is unknown or revoked. */
    KnownKey known(String authorization) {
        if (!authorization.regionMatches(true, 0, SCHEME, 0, SCHEME.length())) {
            throw TidegateException.unauthenticated(
                    "the authorization header has an unknown scheme; expected 'Bearer KEY'");
        }
        return keys.known(authorization.substring(SCHEME.length()).strip());
    }
}
