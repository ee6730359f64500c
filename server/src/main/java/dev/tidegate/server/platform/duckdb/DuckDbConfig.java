package dev.tidegate.server.platform.duckdb;

import io.micronaut.context.annotation.ConfigurationProperties;
import io.micronaut.core.bind.annotation.Bindable;

/**
 * What each piece of work with Parquet or CSV files may take.
 *
 * @param threads threads beside those that serve
 * @param memoryMebibytes memory outside of the heap, beyond which temporary files are written
 * @param temporaryMebibytes disk in the home for these
 */
@ConfigurationProperties("tidegate.duckdb")
public record DuckDbConfig(
        @Bindable(defaultValue = "1") int threads,
        @Bindable(defaultValue = "256") int memoryMebibytes,
        @Bindable(defaultValue = "16384") int temporaryMebibytes) {}
