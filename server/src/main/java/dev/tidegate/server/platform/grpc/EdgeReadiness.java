package dev.tidegate.server.platform.grpc;

import io.micronaut.core.async.publisher.Publishers;
import io.micronaut.health.HealthStatus;
import io.micronaut.management.health.indicator.HealthIndicator;
import io.micronaut.management.health.indicator.HealthResult;
import io.micronaut.management.health.indicator.annotation.Readiness;
import jakarta.inject.Singleton;
import org.reactivestreams.Publisher;

/** Is DOWN before the edge takes calls, and as soon as it drains. */
@Singleton
@Readiness
final class EdgeReadiness implements HealthIndicator {
    private final GrpcEdge edge;

    EdgeReadiness(GrpcEdge edge) {
        this.edge = edge;
    }

    @Override
    public Publisher<HealthResult> getResult() {
        HealthStatus status = edge.isServing() ? HealthStatus.UP : HealthStatus.DOWN;
        return Publishers.just(HealthResult.builder("edge", status).build());
    }
}
