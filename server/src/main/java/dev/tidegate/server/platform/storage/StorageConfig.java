package dev.tidegate.server.platform.storage;

import io.micronaut.context.annotation.ConfigurationProperties;
import io.micronaut.core.bind.annotation.Bindable;
import org.jspecify.annotations.Nullable;

/**
 * The store of record.
 *
 * @param url JDBC URL of an own PostgreSQL 18; absent: the server starts its own in its home
 * @param username role to connect as; with the embedded PostgreSQL it is not used
 * @param password its password
 * @param poolSize most connections at once
 */
@ConfigurationProperties("tidegate.storage")
public record StorageConfig(
        @Nullable String url,
        @Bindable(defaultValue = "tidegate") String username,
        @Nullable String password,
        @Bindable(defaultValue = "12") int poolSize) {}
