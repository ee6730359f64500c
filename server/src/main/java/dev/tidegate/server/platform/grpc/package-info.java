/** The gRPC edge: server, interceptors in one ordered list, error mapping, shutdown. */
@NullMarked
package dev.tidegate.server.platform.grpc;

import org.jspecify.annotations.NullMarked;
