package dev.tidegate.server.fleet;

import dev.tidegate.server.evidence.EvidenceFeed;
import dev.tidegate.server.evidence.MissingEvidence;
import dev.tidegate.server.platform.build.BuildVersion;
import dev.tidegate.server.platform.storage.Database;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jdbi.v3.core.Handle;

/** Reads who is there, who leads, and what is wrong. */
@Singleton
final class ServerStatusReader {
    private static final Duration STALE = Duration.ofSeconds(10);

    private final Database database;
    private final EvidenceFeed feed;
    private final MissingEvidence missing;
    private final Instant startedAt;
    private final String version;

    ServerStatusReader(Database database, EvidenceFeed feed, MissingEvidence missing, Clock clock)
            throws IOException {
        this.database = database;
        this.feed = feed;
        this.missing = missing;
        this.startedAt = clock.instant();
        this.version = new BuildVersion().number();
    }

    ServerStatus read() {
        return database.read(this::read);
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

    private static List<ServerStatus.ReplicaStatus> replicas(Handle handle) {
        return handle.createQuery(
                        "select p.name, p.lease_until, p.lease_until > clock_timestamp() as live,"
                                + " coalesce(p.boot = l.replica, false) and p.lease_until >"
                                + " clock_timestamp() as leads from replica p cross join leadership l"
                                + " where p.lease_until > clock_timestamp() - interval '10 minutes'"
                                + " order by p.started_at")
                .map(
                        (row, context) ->
                                new ServerStatus.ReplicaStatus(
                                        row.getString("name"),
                                        row.getBoolean("leads"),
                                        row.getBoolean("live"),
                                        row.getTimestamp("lease_until").toInstant()))
                .list();
    }

    private List<String> problems(
            Handle handle, Instant now, List<ServerStatus.ReplicaStatus> replicas) {
        List<String> problems = new ArrayList<>();
        if (replicas.stream().noneMatch(ServerStatus.ReplicaStatus::leader)) {
            problems.add("no leader: rollouts do not move");
        }
        feed.stale(handle, STALE).forEach(name -> problems.add("no evidence from replica " + name));
        problems.addAll(missing.problems(handle, now));
        return problems;
    }
}
