package dev.tidegate.workbench.fleet;

import java.time.Duration;
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

    /**
     * Evidence of a healthy server is 1 to 2 s old, also without traffic: empty seconds close too.
     */
    static final Duration NEWS = Duration.ofSeconds(5);

    /** One replica; live while its lease lasts. */
    public record Replica(String id, boolean leader, boolean live) {}

    public ServerState {
        replicas = List.copyOf(replicas);
        problems = List.copyOf(problems);
    }

    public long liveReplicas() {
        return replicas.stream().filter(Replica::live).count();
    }

    /** How old the newest closed second was when the server said so. */
    public Optional<Duration> ageOfEvidence() {
        return newestEvidence.map(at -> Duration.between(at, now));
    }

    /** Whether the server cannot say anything but what it knows by itself. */
    boolean isWithoutDatabase() {
        return replicas.isEmpty() && !problems.isEmpty();
    }

    boolean isEvidenceOld() {
        return ageOfEvidence().filter(age -> age.compareTo(NEWS) > 0).isPresent();
    }

    /** The newest second that charts can show: that of the evidence while it goes on. */
    Instant newestSecond() {
        return newestEvidence.filter(_ -> !isEvidenceOld()).orElse(now);
    }
}
