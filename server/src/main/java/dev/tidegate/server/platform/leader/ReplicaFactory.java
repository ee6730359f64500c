package dev.tidegate.server.platform.leader;

import io.micronaut.context.annotation.Factory;
import jakarta.inject.Singleton;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.UUID;

/** Names this process. */
@Factory
final class ReplicaFactory {
    @Singleton
    Replica replica() {
        return new Replica(UUID.randomUUID(), host() + ":" + ProcessHandle.current().pid());
    }

    private static String host() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException e) {
            return "localhost";
        }
    }
}
