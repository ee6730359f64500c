package dev.tidegate.server.platform.grpc;

import io.grpc.Context;

/** What let the caller of a control call in. */
@FunctionalInterface
public interface Admission {
    Context.Key<Admission> KEY = Context.keyWithDefault("tidegate-admission", () -> {});

    /** Throws when the caller would not be let in any more. Never waits. */
    void check();

    /** Returns that of the call in progress. */
    static Admission current() {
        return KEY.get();
    }
}
