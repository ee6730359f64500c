package dev.tidegate.server.platform.metric;

import io.micronaut.context.annotation.ConfigurationProperties;
import io.micronaut.core.bind.annotation.Bindable;

/**
 * What is counted.
 *
 * @param requests whether requests are counted and timed for metrics and statistics
 */
@ConfigurationProperties("tidegate.metric")
public record MetricConfig(@Bindable(defaultValue = "true") boolean requests) {}
