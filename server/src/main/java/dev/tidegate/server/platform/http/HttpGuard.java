package dev.tidegate.server.platform.http;

import io.micronaut.core.order.Ordered;

/** Stands before every route, the lowest order first. */
public interface HttpGuard extends Ordered {
    int IDENTITY = 200;

    /** Throws when the call may not go on; runs on the transport's thread and never waits. */
    void check(HttpRoute route, HttpCall call);
}
