package dev.tidegate.server.identity;

import dev.tidegate.server.platform.http.HttpGuard;
import dev.tidegate.server.platform.http.HttpHead;
import dev.tidegate.server.platform.http.HttpRoute;
import jakarta.inject.Singleton;
import java.util.Set;

/**
 * Lets in over HTTP whom gRPC lets in; each POST asks a model and counts against the key's rate.
 */
@Singleton
final class HttpKeyGuard implements HttpGuard {
    /** What probes and foreign clients ask before they have a key. */
    private static final Set<String> OPEN =
            Set.of(
                    "/health",
                    "/health/liveness",
                    "/health/readiness",
                    "/v2/health/live",
                    "/v2/health/ready");

    private final InferenceAccess access;

    HttpKeyGuard(InferenceAccess access) {
        this.access = access;
    }

    @Override
    public int getOrder() {
        return IDENTITY;
    }

    @Override
    public void check(HttpRoute route, HttpHead head) {
        String authorization = head.header("authorization");
        if (authorization == null && OPEN.contains(route.template())) {
            return;
        }
        InferencePermit permit = access.admit(authorization);
        if (route.method().equals("POST")) {
            permit.take();
        }
    }
}
