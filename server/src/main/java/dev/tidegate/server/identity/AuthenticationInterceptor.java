package dev.tidegate.server.identity;

import dev.tidegate.server.audit.CallingKey;
import dev.tidegate.server.platform.grpc.Admission;
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

    private final InferenceAccess access;

    AuthenticationInterceptor(InferenceAccess access) {
        this.access = access;
    }

    @Override
    public int getOrder() {
        return IDENTITY;
    }

    @Override
    public <Q, P> ServerCall.Listener<Q> interceptCall(
            ServerCall<Q, P> call, Metadata headers, ServerCallHandler<Q, P> next) {
        String authorization = headers.get(AUTHORIZATION);
        MethodDescriptor<Q, P> method = call.getMethodDescriptor();
        if (authorization == null && AccessPolicy.isOpen(method.getFullMethodName())) {
            return next.startCall(call, headers);
        }
        return AccessPolicy.asksModels(method.getFullMethodName())
                ? asked(call, headers, next, authorization)
                : commanded(call, headers, next, authorization);
    }

    /** Puts nothing in the way of a single request but the look at its key. */
    private <Q, P> ServerCall.Listener<Q> asked(
            ServerCall<Q, P> call,
            Metadata headers,
            ServerCallHandler<Q, P> next,
            @Nullable String authorization) {
        InferencePermit permit =
                access.admit(
                        authorization,
                        AccessPolicy.isAboutModels(call.getMethodDescriptor().getFullMethodName()));
        if (!call.getMethodDescriptor().getType().clientSendsOneMessage()) {
            return Contexts.interceptCall(
                    Context.current().withValue(InferencePermit.KEY, permit), call, headers, next);
        }
        permit.take();
        return next.startCall(call, headers);
    }

    private <Q, P> ServerCall.Listener<Q> commanded(
            ServerCall<Q, P> call,
            Metadata headers,
            ServerCallHandler<Q, P> next,
            @Nullable String authorization) {
        KnownKey key = access.required(authorization);
        Principal principal = key.principal();
        AccessPolicy.check(call.getMethodDescriptor().getFullMethodName(), principal);
        Context context =
                CallingKey.with(Context.current(), principal.id())
                        .withValues(CurrentPrincipal.KEY, principal, Admission.KEY, key);
        return Contexts.interceptCall(context, call, headers, next);
    }
}
