package dev.tidegate.server.identity;

import dev.tidegate.server.platform.http.HttpGuard;
import dev.tidegate.server.platform.http.HttpHead;
import dev.tidegate.server.platform.http.HttpRoute;
import jakarta.inject.Singleton;
import java.util.Map;
import java.util.Set;

/**
 * Lets in over HTTP whom gRPC lets in; each POST that asks a model counts against the key's rate.
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

    /** What asks no model, and so counts against no rate. */
    private static final Set<String> UNCOUNTED = Set.of("/v2/repository/index");

    /** What needs a key even on loopback, and the call over gRPC whose roles it has. */
    private static final Map<String, String> COMMANDS =
            Map.of(
                    "/v2/repository/models/{model}/load",
                    "inference.GRPCInferenceService/RepositoryModelLoad",
                    "/v2/repository/models/{model}/unload",
                    "inference.GRPCInferenceService/RepositoryModelUnload");

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
        String command = COMMANDS.get(route.template());
        if (command != null) {
            Principal principal = access.required(authorization).principal();
            AccessPolicy.check(command, principal);
            head.caller(principal);
            return;
        }
        boolean asksModel = route.method().equals("POST") && !UNCOUNTED.contains(route.template());
        InferencePermit permit = access.admit(authorization, !asksModel);
        if (asksModel) {
            permit.take();
        }
    }
}
