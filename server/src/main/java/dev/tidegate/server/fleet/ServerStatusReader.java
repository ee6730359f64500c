package dev.tidegate.server.fleet;

import dev.tidegate.server.evidence.EvidenceFeed;
import dev.tidegate.server.evidence.MissingEvidence;
import dev.tidegate.server.platform.build.BuildVersion;
import dev.tidegate.server.platform.error.ErrorCode;
import dev.tidegate.server.platform.error.TidegateException;
import dev.tidegate.server.platform.leader.CurrentLeader;
import dev.tidegate.server.platform.leader.Leader;
import dev.tidegate.server.platform.storage.Database;
import dev.tidegate.server.platform.storage.PostgresWatch;
import dev.tidegate.server.platform.tls.ServerTls;
import dev.tidegate.server.predictionlog.LogFileProgress;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/** Reads who is there, who leads, and what is wrong. */
@Singleton
final class ServerStatusReader {
    private static final Duration STALE = Duration.ofSeconds(10);

    private final Database database;
    private final EvidenceFeed feed;
    private final MissingEvidence missing;
    private final CurrentLeader leader;
    private final Optional<PostgresWatch> postgres;
    private final ServerTls tls;
    private final LogFileProgress logFiles;
    private final Clock clock;
    private final Instant startedAt;
    private final String version;

    ServerStatusReader(
            Database database,
            EvidenceFeed feed,
            MissingEvidence missing,
            CurrentLeader leader,
            Optional<PostgresWatch> postgres,
            ServerTls tls,
            LogFileProgress logFiles,
            Clock clock)
            throws IOException {
        this.database = database;
        this.feed = feed;
        this.missing = missing;
        this.leader = leader;
        this.postgres = postgres;
        this.tls = tls;
        this.logFiles = logFiles;
        this.clock = clock;
        this.startedAt = clock.instant();
        this.version = new BuildVersion().number();
    }

    /** Returns the status; without the database what this process knows by itself. */
    ServerStatus read() {
        try {
            return database.read(this::read);
        } catch (TidegateException e) {
            if (e.code() != ErrorCode.STORAGE_UNAVAILABLE) {
                throw e;
            }
            return alone(e);
        }
    }

    private ServerStatus alone(TidegateException cause) {
        List<String> problems = new ArrayList<>();
        postgres.flatMap(PostgresWatch::problem).ifPresent(problems::add);
        tls.problem().ifPresent(problems::add);
        problems.add(
                cause.text()
                        + "; champions are served, candidates are closed, rollouts do not move");
        return new ServerStatus(
                version, clock.instant(), startedAt, List.of(), Optional.empty(), problems);
    }

    private ServerStatus read(Handle handle) {
        Instant now =
                handle.createQuery("select clock_timestamp()")
                        .mapTo(Timestamp.class)
                        .one()
                        .toInstant();
        List<ServerStatus.ReplicaStatus> replicas = replicas(handle);
        return new ServerStatus(
                version,
                now,
                startedAt,
                replicas,
                feed.closedThrough(handle),
                problems(handle, now, replicas));
    }

    private List<ServerStatus.ReplicaStatus> replicas(Handle handle) {
        Optional<UUID> leading = leader.of(handle).map(Leader::boot);
        return handle.createQuery(
                        "select boot, name, lease_until, lease_until > clock_timestamp() as live"
                                + " from replica"
                                + " where lease_until > clock_timestamp() - interval '10 minutes'"
                                + " order by started_at")
                .map(
                        (row, context) ->
                                new ServerStatus.ReplicaStatus(
                                        row.getString("name"),
                                        leading.filter(row.getObject("boot", UUID.class)::equals)
                                                .isPresent(),
                                        row.getBoolean("live"),
                                        row.getTimestamp("lease_until").toInstant()))
                .list();
    }

    private List<String> problems(
            Handle handle, Instant now, List<ServerStatus.ReplicaStatus> replicas) {
        List<String> problems = new ArrayList<>();
        postgres.flatMap(PostgresWatch::problem).ifPresent(problems::add);
        tls.problem().ifPresent(problems::add);
        if (replicas.stream().noneMatch(ServerStatus.ReplicaStatus::leader)) {
            problems.add("no leader: rollouts do not move");
        }
        logFiles.problem().ifPresent(problems::add);
        feed.stale(handle, STALE).forEach(name -> problems.add("no evidence from replica " + name));
        problems.addAll(missing.problems(handle, now));
        return problems;
    }
}
