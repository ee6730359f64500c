package dev.tidegate.server.rollout;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import dev.tidegate.server.stats.GateReading;
import jakarta.inject.Singleton;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/** Keeps what the leader read: the newest reading, and the path of the evidence. */
@Singleton
final class ReadingTable {
    private static final JsonMapper JSON =
            JsonMapper.builder()
                    .addModule(new Jdk8Module())
                    .addModule(new JavaTimeModule())
                    .build();

    void write(Handle tx, Rollout rollout, long position, Instant at, GateReading reading) {
        tx.createUpdate(
                        "insert into rollout_reading (rollout_id, step, fold_position, at, reading)"
                                + " values (:rollout, :step, :position, :at, :reading) on conflict (rollout_id) do update"
                                + " set step = excluded.step, fold_position = excluded.fold_position, at = excluded.at,"
                                + " reading = excluded.reading")
                .bind("rollout", rollout.id())
                .bind("step", rollout.step())
                .bind("position", position)
                .bind("at", Timestamp.from(at))
                .bind("reading", json(reading))
                .execute();
    }

    void append(Handle tx, UUID rollout, PathPoint point) {
        tx.createUpdate(
                        "insert into rollout_point (rollout_id, fold_position, at, point)"
                                + " values (:rollout, :position, :at, :point) on conflict do nothing")
                .bind("rollout", rollout)
                .bind("position", point.foldPosition())
                .bind("at", Timestamp.from(point.at()))
                .bind("point", json(point))
                .execute();
    }

    /** Returns what was read last in the rollout's present step. */
    Optional<RolloutReading> newest(Handle handle, Rollout rollout) {
        return handle.createQuery(
                        "select * from rollout_reading where rollout_id = :rollout and step = :step")
                .bind("rollout", rollout.id())
                .bind("step", rollout.step())
                .map(
                        (row, context) -> {
                            GateReading reading = read(row.getString("reading"), GateReading.class);
                            return new RolloutReading(
                                    EvidenceSnapshot.of(
                                            rollout,
                                            row.getLong("fold_position"),
                                            reading,
                                            row.getTimestamp("at").toInstant()),
                                    reading);
                        })
                .findOne();
    }

    /** Returns when the leader looked last. */
    Optional<Instant> newestAt(Handle handle, UUID rollout) {
        return handle.createQuery("select at from rollout_reading where rollout_id = :rollout")
                .bind("rollout", rollout)
                .mapTo(Timestamp.class)
                .findOne()
                .map(Timestamp::toInstant);
    }

    /** Returns what was shown when the rollout's fold had come to a position. */
    Optional<PathPoint> point(Handle handle, UUID rollout, long position) {
        return handle.createQuery(
                        "select point from rollout_point where rollout_id = :rollout"
                                + " and fold_position = :position")
                .bind("rollout", rollout)
                .bind("position", position)
                .map((row, context) -> read(row.getString("point"), PathPoint.class))
                .findOne();
    }

    /** Returns the points after a position, oldest first, so many at the most. */
    List<PathPoint> path(Handle handle, UUID rollout, long afterPosition, Instant since, int most) {
        return handle.createQuery(
                        "select point from rollout_point where rollout_id = :rollout"
                                + " and fold_position > :after and at >= :since order by fold_position"
                                + " limit :most")
                .bind("rollout", rollout)
                .bind("after", afterPosition)
                .bind("since", Timestamp.from(since))
                .bind("most", most)
                .map((row, context) -> read(row.getString("point"), PathPoint.class))
                .list();
    }

    private static String json(Object value) {
        try {
            return JSON.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("a reading cannot be written", e);
        }
    }

    private static <T> T read(String json, Class<T> type) {
        try {
            return JSON.readValue(json, type);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("a stored reading cannot be read", e);
        }
    }
}
