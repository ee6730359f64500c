package dev.tidegate.server.journal;

import dev.tidegate.server.platform.home.Home;
import dev.tidegate.server.platform.leader.Replica;
import io.micronaut.context.annotation.Bean;
import io.micronaut.context.annotation.Factory;
import jakarta.inject.Singleton;

/** Opens this boot's journal in the server's home. */
@Factory
final class JournalFactory {
    @Singleton
    @Bean(preDestroy = "close")
    Journal journal(Home home, Replica replica, JournalConfig config) {
        return new Journal(home.journal().resolve(replica.boot().toString()), config);
    }
}
