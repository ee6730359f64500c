package dev.tidegate.server.platform.logging;

import io.micronaut.context.annotation.ConfigurationProperties;
import io.micronaut.core.bind.annotation.Bindable;

/**
 * What the server writes to standard error.
 *
 * @param format {@code text} or {@code json}
 */
@ConfigurationProperties("tidegate.log")
public record LogConfig(@Bindable(defaultValue = "text") LogFormat format) {}
