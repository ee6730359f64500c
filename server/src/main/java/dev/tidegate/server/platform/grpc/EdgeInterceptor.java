package dev.tidegate.server.platform.grpc;

import io.grpc.ServerInterceptor;
import io.micronaut.core.order.Ordered;

/** An interceptor with a place in the one list of the edge; the lowest order is outermost. */
public interface EdgeInterceptor extends ServerInterceptor, Ordered {
    int OFFLOAD = 0;
    int ERRORS = 100;
    int IDENTITY = 200;
}
