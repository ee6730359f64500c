package dev.tidegate.server.identity;

import dev.tidegate.server.platform.error.TidegateException;
import dev.tidegate.server.platform.lifecycle.Startup;
import dev.tidegate.server.platform.storage.Database;
import dev.tidegate.server.platform.time.MonotonicClock;
import dev.tidegate.server.platform.time.PeriodicTask;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The valid keys in memory, so that no call waits for the database. Refreshed every second: a key
 * revoked on another replica ends within that time.
 */
@Singleton
final class KeyRing implements Startup, AutoCloseable {
    private final Database database;
    private final MonotonicClock clock;
    private final Optional<RateLimit> usual;
    private @Nullable PeriodicTask task;
    private volatile Map<String, KnownKey> keys = Map.of();

    KeyRing(Database database, MonotonicClock clock, IdentityConfig config) {
        this.database = database;
        this.clock = clock;
        this.usual = config.limit();
    }

    @Override
    public int getOrder() {
        return FIRST_KEY + 1;
    }

    @Override
    public void start() {
        task = PeriodicTask.start("key-refresh", Duration.ofSeconds(1), this::refresh);
    }

    synchronized void refresh() {
        Map<String, KnownKey> before = keys;
        Map<String, KnownKey> now = load(before);
        keys = now;
        before.forEach(
                (id, key) -> {
                    KnownKey next = now.get(id);
                    if (next == null || !next.isSecretOf(key)) {
                        key.revoke();
                    }
                });
    }

    /** Returns the key of that text; refuses one that is unknown or revoked. */
    KnownKey known(String text) {
        KnownKey known = keys.get(Secret.idOf(text));
        if (known == null || !known.isProvenBy(text)) {
            throw TidegateException.unauthenticated(
                    "the key '" + Secret.parse(text) + "' is unknown or revoked");
        }
        return known;
    }

    private Map<String, KnownKey> load(Map<String, KnownKey> before) {
        return database.read(
                handle ->
                        handle
                                .createQuery(
                                        "select id, name, roles, digest, rate, burst from api_key where revoked_at is null")
                                .map((row, context) -> key(row))
                                .stream()
                                .collect(
                                        Collectors.toUnmodifiableMap(
                                                key -> key.principal().id(),
                                                key -> kept(before, key))));
    }

    /** A key that did not change goes on with what it counted. */
    private static KnownKey kept(Map<String, KnownKey> before, KnownKey key) {
        KnownKey former = before.get(key.principal().id());
        return former != null && former.isAs(key) ? former : key;
    }

    private KnownKey key(ResultSet row) throws SQLException {
        return new KnownKey(
                new Principal(row.getString("id"), row.getString("name"), KeyRow.roles(row)),
                HexFormat.of().formatHex(row.getBytes("digest")),
                KeyRow.limit(row).or(() -> usual).orElse(null),
                clock);
    }

    @Override
    @PreDestroy
    public void close() {
        PeriodicTask running = task;
        if (running != null) {
            running.close();
        }
    }
}
