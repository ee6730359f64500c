package dev.tidegate.server.fleet;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** The server among its replicas. */
record ServerStatus(
        String version,
        Instant now,
        Instant startedAt,
        List<ReplicaStatus> replicas,
        Optional<Instant> newestEvidence,
        List<String> problems) {

    Optional<String> leader() {
        return replicas.stream().filter(ReplicaStatus::leader).map(ReplicaStatus::name).findFirst();
    }

    /** One replica and its lease. */
    record ReplicaStatus(String name, boolean leader, boolean live, Instant leaseUntil) {}
}
