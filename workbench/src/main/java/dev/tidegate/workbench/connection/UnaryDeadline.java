package dev.tidegate.workbench.connection;

import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ClientCall;
import io.grpc.ClientInterceptor;
import io.grpc.MethodDescriptor;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** Gives up calls with one answer that does not come; streams may stay open for good. */
final class UnaryDeadline implements ClientInterceptor {
    static final Duration LIMIT = Duration.ofSeconds(10);

    private final Duration limit;

    UnaryDeadline(Duration limit) {
        this.limit = limit;
    }

    @Override
    public <Q, A> ClientCall<Q, A> interceptCall(
            MethodDescriptor<Q, A> method, CallOptions options, Channel next) {
        boolean limited =
                method.getType() == MethodDescriptor.MethodType.UNARY
                        && options.getDeadline() == null;
        return next.newCall(
                method,
                limited
                        ? options.withDeadlineAfter(limit.toMillis(), TimeUnit.MILLISECONDS)
                        : options);
    }
}
