package dev.tidegate.workbench.fleet;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The server as it sees itself.
 *
 * @param leader id of the leading replica, if there is one
 * @param newestEvidence newest closed second of evidence
 * @param problems what is wrong, in words
 */
public record ServerState(
        String version,
        Instant now,
        Instant startedAt,
        List<Replica> replicas,
        Optional<String> leader,
        Optional<Instant> newestEvidence,
        List<String> problems) {

    /** One replica; live while its lease lasts. */
    public record Replica(String id, boolean leader, boolean live) {}

    public ServerState {
        replicas = List.copyOf(replicas);
        problems = List.copyOf(problems);
    }

    public long liveReplicas() {
        return replicas.stream().filter(Replica::live).count();
    }
}
