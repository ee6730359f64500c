package dev.tidegate.server.platform.grpc;

import com.google.common.util.concurrent.MoreExecutors;
import io.grpc.Context;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import jakarta.inject.Singleton;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;

/**
 * Moves control calls from the transport's thread to virtual threads, where they may wait.
 *
 * <p>The server runs on a direct executor, because a hop costs more than a small model. Callbacks
 * of one call keep their order.
 */
@Singleton
final class OffloadInterceptor implements EdgeInterceptor {
    private final Executor virtualThreads =
            Executors.newThreadPerTaskExecutor(Thread.ofVirtual().name("control-", 0).factory());

    @Override
    public int getOrder() {
        return OFFLOAD;
    }

    @Override
    public <Q, P> ServerCall.Listener<Q> interceptCall(
            ServerCall<Q, P> call, Metadata headers, ServerCallHandler<Q, P> next) {
        if (DataPlane.serves(call.getMethodDescriptor())) {
            return next.startCall(call, headers);
        }
        Executor serial = MoreExecutors.newSequentialExecutor(virtualThreads);
        return new OffloadedListener<>(
                task -> serial.execute(Context.current().wrap(task)),
                () -> next.startCall(call, headers));
    }
}
