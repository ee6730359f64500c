package dev.tidegate.server.registry;

import dev.tidegate.server.platform.error.TidegateException;
import io.micronaut.context.annotation.ConfigurationProperties;
import io.micronaut.core.bind.annotation.Bindable;

/**
 * What running versions costs.
 *
 * @param pricePerCoreHour of a core, in whatever currency; 0: costs are told in core-seconds alone
 */
@ConfigurationProperties("tidegate.cost")
public record CostConfig(@Bindable(defaultValue = "0") double pricePerCoreHour) {
    public CostConfig {
        if (!(pricePerCoreHour >= 0 && pricePerCoreHour < Double.POSITIVE_INFINITY)) {
            throw TidegateException.invalid(
                    "tidegate.cost.price-per-core-hour is %s, expected at least 0"
                            .formatted(pricePerCoreHour));
        }
    }
}
