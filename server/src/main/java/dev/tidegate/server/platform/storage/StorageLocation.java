package dev.tidegate.server.platform.storage;

import org.jspecify.annotations.Nullable;

/** How to reach a PostgreSQL. */
public record StorageLocation(String url, String username, @Nullable String password) {}
