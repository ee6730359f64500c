package dev.tidegate.server.fleet;

import dev.tidegate.server.evidence.ArmSecondCodec;
import dev.tidegate.server.platform.storage.Database;
import dev.tidegate.server.stats.LatencyHistogram;
import jakarta.inject.Singleton;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.Handle;

/** Reads what happened in each second from the rows of evidence. */
@Singleton
final class FleetHistory {
    private final Database database;

    FleetHistory(Database database) {
        this.database = database;
    }

    /** Returns the seconds after the first time and through the second, oldest first. */
    List<FleetSecond> between(Instant after, Instant through) {
        return database.read(handle -> read(handle, after, through));
    }

    private static List<FleetSecond> read(Handle handle, Instant after, Instant through) {
        Map<Key, FleetSecond> sums = new LinkedHashMap<>();
        handle.createQuery(
                        "select b.second, m.name as model, v.version, e.arm, e.requests, e.errors, e.payload"
                                + " from evidence_row e"
                                + " join evidence_batch b on b.boot = e.boot and b.sequence = e.sequence"
                                + " join model m on m.id = e.model_id join model_version v on v.id = e.version_id"
                                + " where b.second > :after and b.second <= :through"
                                + " order by b.second, m.name, e.arm, v.version")
                .bind("after", Timestamp.from(after))
                .bind("through", Timestamp.from(through))
                .map((row, context) -> second(row))
                .forEach(second -> sums.merge(Key.of(second), second, FleetHistory::sum));
        return new ArrayList<>(sums.values());
    }

    private static FleetSecond second(ResultSet row) throws SQLException {
        return new FleetSecond(
                row.getTimestamp("second").toInstant().truncatedTo(ChronoUnit.SECONDS),
                row.getString("model"),
                row.getString("version"),
                FleetSecond.Share.of(row.getInt("arm")),
                row.getLong("requests"),
                row.getLong("errors"),
                ArmSecondCodec.decode(row.getBytes("payload")).latency());
    }

    private static FleetSecond sum(FleetSecond a, FleetSecond b) {
        LatencyHistogram latency = new LatencyHistogram();
        latency.merge(a.latency());
        latency.merge(b.latency());
        return new FleetSecond(
                a.at(),
                a.model(),
                a.version(),
                a.share(),
                a.requests() + b.requests(),
                a.errors() + b.errors(),
                latency);
    }

    private record Key(Instant at, String model, String version, FleetSecond.Share share) {
        static Key of(FleetSecond second) {
            return new Key(second.at(), second.model(), second.version(), second.share());
        }
    }
}
