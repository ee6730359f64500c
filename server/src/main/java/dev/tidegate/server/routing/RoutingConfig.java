package dev.tidegate.server.routing;

import io.micronaut.context.annotation.ConfigurationProperties;
import io.micronaut.core.bind.annotation.Bindable;
import java.time.Duration;

/**
 * Leases and route changes.
 *
 * @param lease how long a candidate's weight holds on a replica that does not reach the database
 * @param renewal how often the lease is renewed and routes are looked up without a notification
 */
@ConfigurationProperties("tidegate.routing")
public record RoutingConfig(
        @Bindable(defaultValue = "5s") Duration lease,
        @Bindable(defaultValue = "1s") Duration renewal) {
    public RoutingConfig {
        if (lease.compareTo(renewal.multipliedBy(2)) < 0) {
            throw new IllegalArgumentException(
                    "tidegate.routing.lease "
                            + lease
                            + ", expected at least twice the renewal "
                            + renewal);
        }
    }
}
