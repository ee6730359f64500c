package dev.tidegate.server.identity;

import dev.tidegate.server.platform.error.TidegateException;
import dev.tidegate.server.platform.lifecycle.Startup;
import dev.tidegate.server.platform.storage.Database;
import dev.tidegate.server.platform.time.PeriodicTask;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The valid keys in memory, so that no call waits for the database. Refreshed every second: a key
 * revoked on another replica ends within that time.
 */
@Singleton
final class KeyRing implements Startup, AutoCloseable {
    private final Database database;
    private @Nullable PeriodicTask task;
    private volatile Map<String, Entry> keys = Map.of();

    KeyRing(Database database) {
        this.database = database;
    }

    @Override
    public int getOrder() {
        return FIRST_KEY + 1;
    }

    @Override
    public void start() {
        task = PeriodicTask.start("key-refresh", Duration.ofSeconds(1), this::refresh);
    }

    void refresh() {
        keys = load();
    }

    Principal principal(String text) {
        Secret secret = Secret.parse(text);
        Entry entry = keys.get(secret.id());
        if (entry == null || !secret.hasDigest(entry.digest)) {
            throw TidegateException.unauthenticated(
                    "the key '" + secret + "' is unknown or revoked");
        }
        return entry.principal;
    }

    private Map<String, Entry> load() {
        return database.read(
                handle ->
                        handle
                                .createQuery(
                                        "select id, name, roles, digest from api_key where revoked_at is null")
                                .map(
                                        (row, context) ->
                                                new Entry(
                                                        new Principal(
                                                                row.getString("id"),
                                                                row.getString("name"),
                                                                KeyRow.roles(row)),
                                                        HexFormat.of()
                                                                .formatHex(row.getBytes("digest"))))
                                .stream()
                                .collect(
                                        Collectors.toUnmodifiableMap(
                                                e -> e.principal.id(), e -> e)));
    }

    @Override
    @PreDestroy
    public void close() {
        PeriodicTask running = task;
        if (running != null) {
            running.close();
        }
    }

    private record Entry(Principal principal, String digest) {}
}
