package dev.tidegate.server.platform.lifecycle;

import io.micronaut.core.order.Ordered;

/** Work that begins when the server starts, lowest order first, before it takes calls. */
public interface Startup extends Ordered {
    int FIRST_KEY = 100;
    int LEASE = 200;
    int RECOVERY = 300;
    int TAILERS = 400;
    int CONTROLLERS = 500;

    /** Returns when the work goes on by itself or is done. */
    void start();
}
