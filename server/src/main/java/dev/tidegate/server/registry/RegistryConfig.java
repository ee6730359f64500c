package dev.tidegate.server.registry;

import io.micronaut.context.annotation.ConfigurationProperties;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * The registry.
 *
 * @param modelRepository directory in Triton's layout whose ONNX files are registered at the start;
 *     absent: none
 */
@ConfigurationProperties("tidegate.registry")
public record RegistryConfig(@Nullable Path modelRepository) {}
