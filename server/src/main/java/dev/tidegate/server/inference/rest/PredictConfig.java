package dev.tidegate.server.inference.rest;

import io.micronaut.context.annotation.ConfigurationProperties;
import org.jspecify.annotations.Nullable;

/**
 * Predictions from named features.
 *
 * @param defaultModel whom a request is for that names no model; null when it has to
 */
@ConfigurationProperties("tidegate.predict")
public record PredictConfig(@Nullable String defaultModel) {}
