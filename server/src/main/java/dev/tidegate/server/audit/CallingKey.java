package dev.tidegate.server.audit;

import io.grpc.Context;

/**
 * The key that proved the caller of the call in progress, so that an event names it beside the
 * principal: names are chosen by people, a key's id is not.
 */
public final class CallingKey {
    private static final Context.Key<String> ID = Context.keyWithDefault("tidegate-key", "");

    private CallingKey() {}

    /** Returns the context with the key's id in it. */
    public static Context with(Context context, String id) {
        return context.withValue(ID, id);
    }

    /** Returns the key's id; empty where the server itself acts. */
    static String id() {
        return ID.get();
    }
}
