package dev.tidegate.server.platform.http;

import io.micronaut.core.order.Ordered;

/** Stands before every route, the lowest order first; decides before a body is read. */
public interface HttpGuard extends Ordered {
    int BROWSER = 100;
    int IDENTITY = 200;

    /** Throws when the request may not go on; runs on the transport's thread and never waits. */
    void check(HttpRoute route, HttpHead head);
}
