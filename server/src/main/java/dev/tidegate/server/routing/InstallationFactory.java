package dev.tidegate.server.routing;

import dev.tidegate.server.platform.storage.Database;
import io.micronaut.context.annotation.Factory;
import jakarta.inject.Singleton;
import java.security.SecureRandom;

/** The key under which all replicas hash units, made once an installation. */
@Factory
final class InstallationFactory {
    @Singleton
    UnitHash unitHash(Database database, SecureRandom random) {
        byte[] key =
                database.transaction(
                        tx -> {
                            tx.createUpdate(
                                            "insert into installation (unit_key) values (:key) on conflict do nothing")
                                    .bind("key", Salt.random(random).bytes())
                                    .execute();
                            return tx.createQuery("select unit_key from installation")
                                    .mapTo(byte[].class)
                                    .one();
                        });
        return new UnitHash(Salt.of(key));
    }
}
