package dev.tidegate.server.platform.duckdb;

import dev.tidegate.server.platform.home.Home;
import io.micronaut.context.annotation.Bean;
import io.micronaut.context.annotation.Factory;
import jakarta.inject.Singleton;

/** The limits of the server's own work; nothing of DuckDB is loaded before the first use. */
@Factory
final class DuckDbFactory {
    @Bean
    @Singleton
    DuckDbLimits limits(DuckDbConfig config, Home home) {
        return new DuckDbLimits(
                config.threads(),
                config.memoryMebibytes(),
                config.temporaryMebibytes(),
                home.root().resolve("duckdb"));
    }
}
