package dev.tidegate.server.fleet;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The server among its replicas.
 *
 * @param replicas none while the database does not answer
 * @param newestEvidence empty too then
 */
record ServerStatus(
        String version,
        Instant now,
        Instant startedAt,
        List<ReplicaStatus> replicas,
        Optional<Instant> newestEvidence,
        List<String> problems) {

    boolean isWithoutDatabase() {
        return replicas.isEmpty();
    }

    Optional<String> leader() {
        return replicas.stream().filter(ReplicaStatus::leader).map(ReplicaStatus::name).findFirst();
    }

    /** One replica and its lease. */
    record ReplicaStatus(String name, boolean leader, boolean live, Instant leaseUntil) {}
}
