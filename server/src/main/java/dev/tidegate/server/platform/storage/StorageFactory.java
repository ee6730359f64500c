package dev.tidegate.server.platform.storage;

import dev.tidegate.server.platform.home.Home;
import io.micronaut.context.annotation.Bean;
import io.micronaut.context.annotation.Factory;
import io.micronaut.context.annotation.Requires;
import jakarta.inject.Singleton;
import org.jspecify.annotations.Nullable;

/** Own PostgreSQL when a URL is given, the embedded one otherwise. */
@Factory
final class StorageFactory {
    @Singleton
    @Bean(preDestroy = "close")
    @Requires(missingProperty = "tidegate.storage.url")
    EmbeddedPostgres embedded(Home home) {
        return EmbeddedPostgres.start(home.postgres());
    }

    @Singleton
    @Bean(preDestroy = "close")
    Database database(StorageConfig config, @Nullable EmbeddedPostgres embedded) {
        String url = config.url();
        StorageLocation location =
                embedded != null
                        ? embedded.location()
                        : new StorageLocation(
                                url == null ? "" : url, config.username(), config.password());
        return new Database(location, config.poolSize());
    }
}
