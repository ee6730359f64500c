package dev.tidegate.server.rollout;

import dev.tidegate.server.platform.leader.CurrentLeader;
import dev.tidegate.server.platform.leader.Leader;
import dev.tidegate.server.platform.time.ReadableTime;
import dev.tidegate.server.stats.Insufficiency;
import jakarta.inject.Singleton;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** Says whether somebody looks at a rollout's evidence. What nobody looks at is not judged. */
@Singleton
final class LeaderWatch {
    private static final String CODE = "no_leader";

    private final CurrentLeader current;
    private final ReadingTable readings;
    private final RolloutConfig config;

    LeaderWatch(CurrentLeader current, ReadingTable readings, RolloutConfig config) {
        this.current = current;
        this.readings = readings;
        this.config = config;
    }

    /**
     * Returns why nobody judges the rollout now; empty when somebody does, or when it has ended.
     */
    Optional<Insufficiency> missing(Handle handle, Rollout rollout) {
        if (rollout.state().hasEnded()) {
            return Optional.empty();
        }
        Optional<Leader> leader = current.of(handle);
        if (leader.isEmpty()) {
            return Optional.of(new Insufficiency(CODE, "nobody looks at the evidence"));
        }
        return readings.newestAt(handle, rollout.id())
                .flatMap(at -> tooOld(at, leader.get(), now(handle)));
    }

    private Optional<Insufficiency> tooOld(Instant look, Leader leader, Instant now) {
        if (look.isBefore(leader.since())) {
            return Optional.of(
                    new Insufficiency(
                            CODE,
                            "the leader has just changed: "
                                    + leader.name()
                                    + " has not looked at the evidence yet"));
        }
        Duration age = Duration.between(look, now);
        return age.compareTo(config.staleAfter()) > 0
                ? Optional.of(
                        new Insufficiency(
                                CODE,
                                "the leader "
                                        + leader.name()
                                        + " has not looked at the evidence for "
                                        + ReadableTime.of(age)))
                : Optional.empty();
    }

    private static Instant now(Handle handle) {
        return handle.createQuery("select clock_timestamp()")
                .mapTo(Timestamp.class)
                .one()
                .toInstant();
    }
}
