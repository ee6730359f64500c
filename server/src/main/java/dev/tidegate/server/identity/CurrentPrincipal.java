package dev.tidegate.server.identity;

import io.grpc.Context;

/** The principal of the call in progress. */
public final class CurrentPrincipal {
    static final Context.Key<Principal> KEY =
            Context.keyWithDefault("tidegate-principal", Principal.ANONYMOUS);

    private CurrentPrincipal() {}

    public static Principal get() {
        return KEY.get();
    }
}
