package dev.tidegate.server.identity;

import dev.tidegate.server.audit.AuditEvent;
import dev.tidegate.server.audit.AuditTrail;
import dev.tidegate.server.platform.error.TidegateException;
import dev.tidegate.server.platform.storage.Database;
import jakarta.inject.Singleton;
import java.security.SecureRandom;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.jdbi.v3.core.Handle;

/** Makes, lists and revokes keys. */
@Singleton
final class KeyStore {
    private static final int NAME_LIMIT = 100;

    private final Database database;
    private final AuditTrail audit;
    private final KeyRing ring;
    private final SecureRandom random;

    KeyStore(Database database, AuditTrail audit, KeyRing ring, SecureRandom random) {
        this.database = database;
        this.audit = audit;
        this.ring = ring;
        this.random = random;
    }

    Created create(String name, Set<Role> roles, Optional<RateLimit> limit, Principal by) {
        Created created = database.transaction(tx -> create(tx, name, roles, limit, by));
        ring.refresh();
        return created;
    }

    /** Makes the first admin key of a new installation and hands it over before it counts. */
    void createFirst(Consumer<String> handOver) {
        database.transaction(
                tx -> {
                    tx.execute("lock table api_key in exclusive mode");
                    if (tx.createQuery("select count(*) from api_key").mapTo(Long.class).one()
                            == 0) {
                        handOver.accept(
                                create(
                                                tx,
                                                "admin",
                                                Set.of(Role.ADMIN),
                                                Optional.empty(),
                                                Principal.SYSTEM)
                                        .secret());
                    }
                    return true;
                });
        ring.refresh();
    }

    private Created create(
            Handle tx, String name, Set<Role> roles, Optional<RateLimit> limit, Principal by) {
        if (name.isBlank() || name.length() > NAME_LIMIT) {
            throw TidegateException.invalid(
                    "key name '"
                            + name
                            + "' is not usable; expected 1 to "
                            + NAME_LIMIT
                            + " characters");
        }
        if (name.equals(Principal.SYSTEM.name())) {
            throw TidegateException.alreadyExists(
                    "key name '%s' stands for the server itself; expected another name"
                            .formatted(name));
        }
        if (roles.isEmpty()) {
            throw TidegateException.invalid(
                    "key '" + name + "' has no role; expected at least one");
        }
        Secret secret = Secret.random(random);
        String[] labels = roles.stream().map(Role::label).sorted().toArray(String[]::new);
        int inserted =
                tx.createUpdate(
                                "insert into api_key (id, name, roles, digest, rate, burst)"
                                        + " values (:id, :name, :roles, :digest, :rate, :burst)"
                                        + " on conflict (name) where revoked_at is null do nothing")
                        .bind("id", secret.id())
                        .bind("name", name)
                        .bind("roles", labels)
                        .bind("digest", secret.digest())
                        .bind("rate", limit.map(RateLimit::rate).orElse(null))
                        .bind("burst", limit.map(RateLimit::burst).orElse(null))
                        .execute();
        if (inserted == 0) {
            throw inUse(tx, name);
        }
        audit.append(
                tx,
                new AuditEvent(
                        by.name(),
                        "key.created",
                        "key/" + secret.id(),
                        detail(name, labels, limit)));
        return new Created(find(tx, secret.id()), secret.text());
    }

    private static Map<String, Object> detail(
            String name, String[] roles, Optional<RateLimit> limit) {
        Map<String, Object> detail = new HashMap<>();
        detail.put("name", name);
        detail.put("roles", List.of(roles));
        limit.ifPresent(
                set -> {
                    detail.put("rate", set.rate());
                    detail.put("burst", set.burst());
                });
        return detail;
    }

    private static TidegateException inUse(Handle tx, String name) {
        String holder =
                tx.createQuery("select id from api_key where name = :name and revoked_at is null")
                        .bind("name", name)
                        .mapTo(String.class)
                        .findOne()
                        .orElse("that was just made");
        return TidegateException.alreadyExists(
                "key name '%s' is taken by key %s; revoke that one first, or expected another name"
                        .formatted(name, holder));
    }

    List<ApiKey> list() {
        return database.read(
                handle ->
                        handle.createQuery("select * from api_key order by created_at, id")
                                .map((row, context) -> KeyRow.key(row))
                                .list());
    }

    ApiKey revoke(String id, Principal by) {
        ApiKey revoked =
                database.transaction(
                        tx -> {
                            int changed =
                                    tx.createUpdate(
                                                    "update api_key set revoked_at = clock_timestamp()"
                                                            + " where id = :id and revoked_at is null")
                                            .bind("id", id)
                                            .execute();
                            ApiKey key = find(tx, id);
                            if (changed == 1) {
                                audit.append(
                                        tx,
                                        new AuditEvent(
                                                by.name(),
                                                "key.revoked",
                                                "key/" + id,
                                                Map.of("name", key.name())));
                            }
                            return key;
                        });
        ring.refresh();
        return revoked;
    }

    private static ApiKey find(Handle handle, String id) {
        return handle.createQuery("select * from api_key where id = :id")
                .bind("id", id)
                .map((row, context) -> KeyRow.key(row))
                .findOne()
                .orElseThrow(() -> TidegateException.notFound("key '" + id + "' is unknown"));
    }

    /** A new key with its secret, which is shown once. */
    record Created(ApiKey key, String secret) {}
}
