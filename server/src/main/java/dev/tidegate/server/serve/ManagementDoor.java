package dev.tidegate.server.serve;

import io.micronaut.context.annotation.Property;
import io.micronaut.core.order.Ordered;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.annotation.RequestFilter;
import io.micronaut.http.annotation.ServerFilter;
import io.micronaut.http.filter.ServerFilterPhase;
import org.jspecify.annotations.Nullable;

/**
 * Says which port serves what: health on both, what is for operators on the management port alone,
 * and everything else on the HTTP port alone.
 */
@ServerFilter("/**")
final class ManagementDoor implements Ordered {
    private final int managementPort;

    ManagementDoor(@Property(name = "micronaut.server.netty.listeners.management.port") int port) {
        this.managementPort = port;
    }

    @Override
    public int getOrder() {
        return ServerFilterPhase.FIRST.order();
    }

    @RequestFilter
    @Nullable HttpResponse<?> check(HttpRequest<?> request) {
        boolean isManagement = request.getServerAddress().getPort() == managementPort;
        return isServed(request.getPath(), isManagement) ? null : HttpResponse.notFound();
    }

    private static boolean isServed(String path, boolean isManagement) {
        String first = path.split("/", 3)[1];
        return switch (first) {
            case "health" -> true;
            case "version", "metrics" -> isManagement;
            default -> !isManagement;
        };
    }
}
