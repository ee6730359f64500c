package dev.tidegate.server.routing;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** A route as people see it: with names, and who has acknowledged it. */
public record RouteStatus(
        String model,
        long epoch,
        String champion,
        Optional<String> candidate,
        double weight,
        Instant since,
        Optional<UUID> rollout,
        List<Acknowledged> replicas) {
    public RouteStatus {
        replicas = List.copyOf(replicas);
    }

    /** Returns whether there are live replicas, and each has acknowledged it. */
    public boolean inForce() {
        List<Acknowledged> live = replicas.stream().filter(Acknowledged::live).toList();
        return !live.isEmpty() && live.stream().allMatch(r -> r.epoch() >= epoch);
    }

    /** How far a replica is. */
    public record Acknowledged(String replica, long epoch, boolean live, Optional<Instant> at) {}
}
