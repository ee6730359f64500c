package dev.tidegate.server.platform.home;

import io.micronaut.context.annotation.ConfigurationProperties;
import io.micronaut.core.bind.annotation.Bindable;
import java.nio.file.Path;

/**
 * Where a server keeps what is its own.
 *
 * @param directory absolute or relative path; created when missing, readable by its owner only
 */
@ConfigurationProperties("tidegate.home")
public record HomeConfig(@Bindable(defaultValue = "${user.home}/.tidegate") Path directory) {}
