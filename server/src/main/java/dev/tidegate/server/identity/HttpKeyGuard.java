package dev.tidegate.server.identity;

import dev.tidegate.server.platform.http.HttpCall;
import dev.tidegate.server.platform.http.HttpGuard;
import jakarta.inject.Singleton;

/** Refuses a wrong key on the HTTP port, which serves the data plane alone: that needs none. */
@Singleton
final class HttpKeyGuard implements HttpGuard {
    private final BearerKeys keys;

    HttpKeyGuard(BearerKeys keys) {
        this.keys = keys;
    }

    @Override
    public int getOrder() {
        return IDENTITY;
    }

    @Override
    public void check(HttpCall call) {
        String authorization = call.header("authorization");
        if (authorization != null) {
            keys.principal(authorization);
        }
    }
}
