package dev.tidegate.server.identity;

import dev.tidegate.server.audit.CallingKey;
import dev.tidegate.server.platform.error.TidegateException;
import dev.tidegate.server.platform.grpc.DataPlane;
import dev.tidegate.server.platform.grpc.EdgeInterceptor;
import io.grpc.Context;
import io.grpc.Contexts;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import jakarta.inject.Singleton;
import org.jspecify.annotations.Nullable;

/**
 * Turns a bearer key into a principal that may call the method; the data plane but for loading
 * needs none.
 */
@Singleton
final class AuthenticationInterceptor implements EdgeInterceptor {
    private static final Metadata.Key<String> AUTHORIZATION =
            Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER);

    private final BearerKeys keys;

    AuthenticationInterceptor(BearerKeys keys) {
        this.keys = keys;
    }

    @Override
    public int getOrder() {
        return IDENTITY;
    }

    @Override
    public <Q, P> ServerCall.Listener<Q> interceptCall(
            ServerCall<Q, P> call, Metadata headers, ServerCallHandler<Q, P> next) {
        String authorization = headers.get(AUTHORIZATION);
        if (authorization == null && isOpen(call.getMethodDescriptor())) {
            return next.startCall(call, headers);
        }
        Principal principal = principal(authorization);
        AccessPolicy.check(call.getMethodDescriptor().getFullMethodName(), principal);
        Context context =
                CallingKey.with(Context.current(), principal.id())
                        .withValue(CurrentPrincipal.KEY, principal);
        return Contexts.interceptCall(context, call, headers, next);
    }

    private static boolean isOpen(MethodDescriptor<?, ?> method) {
        return DataPlane.serves(method) && !AccessPolicy.needsKey(method.getFullMethodName());
    }

    private Principal principal(@Nullable String authorization) {
        if (authorization == null) {
            throw TidegateException.unauthenticated(
                    "no key came with the call; send 'authorization: Bearer KEY'"
                            + " (the first admin key is in the server's home, in the file admin-key)");
        }
        return keys.principal(authorization);
    }
}
