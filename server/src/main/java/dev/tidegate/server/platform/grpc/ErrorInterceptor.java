package dev.tidegate.server.platform.grpc;

import dev.tidegate.server.platform.error.TidegateException;
import io.grpc.ForwardingServerCallListener.SimpleForwardingServerCallListener;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.StatusRuntimeException;
import jakarta.inject.Singleton;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Closes a call with the status of whatever its handler threw. */
@Singleton
final class ErrorInterceptor implements EdgeInterceptor {
    private static final Logger LOG = LoggerFactory.getLogger(ErrorInterceptor.class);

    @Override
    public int getOrder() {
        return ERRORS;
    }

    @Override
    public <Q, P> ServerCall.Listener<Q> interceptCall(
            ServerCall<Q, P> call, Metadata headers, ServerCallHandler<Q, P> next) {
        try {
            return new Guard<>(call, next.startCall(call, headers));
        } catch (RuntimeException | Error e) {
            close(call, e);
            return new ServerCall.Listener<>() {};
        }
    }

    private static void close(ServerCall<?, ?> call, Throwable failure) {
        String incident = UUID.randomUUID().toString();
        if (!(failure instanceof TidegateException)
                && !(failure instanceof StatusRuntimeException)) {
            LOG.error(
                    "{} failed, incident {}",
                    call.getMethodDescriptor().getFullMethodName(),
                    incident,
                    failure);
        }
        try {
            call.close(StatusMapping.status(failure, incident), StatusMapping.trailers(failure));
        } catch (IllegalStateException alreadyClosed) {
            LOG.debug("call was closed before incident {}", incident, alreadyClosed);
        }
    }

    private static final class Guard<Q> extends SimpleForwardingServerCallListener<Q> {
        private final ServerCall<Q, ?> call;

        Guard(ServerCall<Q, ?> call, ServerCall.Listener<Q> delegate) {
            super(delegate);
            this.call = call;
        }

        @Override
        public void onMessage(Q message) {
            try {
                super.onMessage(message);
            } catch (RuntimeException | Error e) {
                close(call, e);
            }
        }

        @Override
        public void onHalfClose() {
            try {
                super.onHalfClose();
            } catch (RuntimeException | Error e) {
                close(call, e);
            }
        }
    }
}
