package dev.tidegate.server.serve;

import static io.micronaut.management.health.indicator.HealthCheckType.LIVENESS;
import static io.micronaut.management.health.indicator.HealthCheckType.READINESS;

import dev.tidegate.server.platform.http.HttpCall;
import dev.tidegate.server.platform.http.HttpReply;
import dev.tidegate.server.platform.http.HttpRoute;
import dev.tidegate.server.platform.http.HttpService;
import io.micronaut.health.HealthStatus;
import io.micronaut.management.endpoint.health.HealthEndpoint;
import io.micronaut.management.health.indicator.HealthCheckType;
import io.micronaut.management.health.indicator.HealthResult;
import jakarta.inject.Singleton;
import java.util.List;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Mono;

/** Health on the port of clients, as on the management port. */
@Singleton
final class HealthHttpService implements HttpService {
    private static final int NOT_NOW = 503;

    private final HealthEndpoint health;

    HealthHttpService(HealthEndpoint health) {
        this.health = health;
    }

    @Override
    public List<HttpRoute> routes() {
        return List.of(
                HttpRoute.waiting("GET", "/health", call -> answer(call, health.getHealth(null))),
                HttpRoute.waiting("GET", "/health/liveness", call -> answer(call, LIVENESS)),
                HttpRoute.waiting("GET", "/health/readiness", call -> answer(call, READINESS)));
    }

    private void answer(HttpCall call, HealthCheckType type) {
        answer(call, health.getHealth(null, type));
    }

    private static void answer(HttpCall call, Publisher<HealthResult> health) {
        HealthResult result = Mono.from(health).block();
        HealthStatus status = result == null ? HealthStatus.UNKNOWN : result.getStatus();
        boolean isDown = status.equals(HealthStatus.DOWN);
        call.answer(
                HttpReply.json(
                        isDown ? NOT_NOW : 200, "{\"status\":\"" + status.getName() + "\"}"));
    }
}
