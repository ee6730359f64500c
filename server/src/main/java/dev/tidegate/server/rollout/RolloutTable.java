package dev.tidegate.server.rollout;

import dev.tidegate.server.platform.error.TidegateException;
import dev.tidegate.server.routing.Salt;
import jakarta.inject.Singleton;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/** Reads and writes rollouts. */
@Singleton
final class RolloutTable {
    private static final String SELECT =
            "select r.*, m.name as model, champion.version as champion, candidate.version as candidate"
                    + " from rollout r join model m on m.id = r.model_id"
                    + " join model_version champion on champion.id = r.champion_id"
                    + " join model_version candidate on candidate.id = r.candidate_id";

    Rollout get(Handle handle, UUID id) {
        return query(handle, SELECT + " where r.id = :id", id)
                .orElseThrow(() -> TidegateException.notFound("rollout '" + id + "' is unknown"));
    }

    /** Returns the rollout, its row locked until the transaction ends. */
    Rollout lock(Handle tx, UUID id) {
        return query(tx, SELECT + " where r.id = :id for update of r", id)
                .orElseThrow(() -> TidegateException.notFound("rollout '" + id + "' is unknown"));
    }

    private static Optional<Rollout> query(Handle handle, String sql, UUID id) {
        return handle.createQuery(sql).bind("id", id).map((row, context) -> rollout(row)).findOne();
    }

    /** Returns the newest first; of all models for an empty name. */
    List<Rollout> list(Handle handle, String model, int limit) {
        return handle.createQuery(
                        SELECT
                                + " where :model = '' or m.name = :model order by r.started_at desc limit :limit")
                .bind("model", model)
                .bind("limit", limit)
                .map((row, context) -> rollout(row))
                .list();
    }

    List<Rollout> running(Handle handle) {
        return handle.createQuery(SELECT + " where r.ended_at is null order by r.started_at")
                .map((row, context) -> rollout(row))
                .list();
    }

    void insert(Handle tx, Rollout rollout) {
        tx.createUpdate(
                        "insert into rollout (id, model_id, champion_id, candidate_id, plan, plan_digest, salt,"
                                + " state, step, revision, reason, waiting_for, started_by, started_by_id)"
                                + " values (:id, :model, :champion, :candidate, :plan, :digest, :salt, :state, :step,"
                                + " 1, :reason, :waiting, :by, :byId)")
                .bind("id", rollout.id())
                .bind("model", rollout.modelId())
                .bind("champion", rollout.championId())
                .bind("candidate", rollout.candidateId())
                .bind("plan", PlanFormat.json(rollout.plan()))
                .bind("digest", rollout.planDigest())
                .bind("salt", rollout.salt().bytes())
                .bind("state", rollout.state().name())
                .bind("step", rollout.step())
                .bind("reason", rollout.reason())
                .bind("waiting", rollout.waitingFor())
                .bind("by", rollout.startedBy())
                .bind("byId", rollout.startedById())
                .execute();
    }

    /** Moves a rollout on: a new revision, and the times that go with it. */
    void move(
            Handle tx,
            Rollout from,
            RolloutState state,
            int step,
            String reason,
            String waitingFor) {
        int changed =
                tx.createUpdate(
                                "update rollout set state = :state, step = :step, reason = :reason,"
                                        + " waiting_for = :waiting, revision = revision + 1,"
                                        + " step_entered_at = case when step <> :step then clock_timestamp()"
                                        + " else step_entered_at end,"
                                        + " ended_at = case when :ended then clock_timestamp() end"
                                        + " where id = :id and revision = :revision")
                        .bind("state", state.name())
                        .bind("step", step)
                        .bind("reason", reason)
                        .bind("waiting", waitingFor)
                        .bind("ended", state.hasEnded())
                        .bind("id", from.id())
                        .bind("revision", from.revision())
                        .execute();
        if (changed != 1) {
            throw TidegateException.conflict(
                    "rollout "
                            + from.id()
                            + " is no longer at revision "
                            + from.revision()
                            + "; look again");
        }
    }

    /** Says why it stays, which is no change of state. */
    void note(Handle tx, Rollout rollout, String reason, String waitingFor) {
        tx.createUpdate(
                        "update rollout set reason = :reason, waiting_for = :waiting where id = :id"
                                + " and revision = :revision"
                                + " and (reason <> :reason or waiting_for <> :waiting)")
                .bind("reason", reason)
                .bind("waiting", waitingFor)
                .bind("id", rollout.id())
                .bind("revision", rollout.revision())
                .execute();
    }

    /** Refuses signatures under evidence up to a position from now on. */
    void closeForSignature(Handle tx, UUID rollout, long through) {
        tx.createUpdate("update rollout set unsignable_through = :through where id = :id")
                .bind("through", through)
                .bind("id", rollout)
                .execute();
    }

    long unsignableThrough(Handle handle, UUID rollout) {
        return handle.createQuery("select unsignable_through from rollout where id = :id")
                .bind("id", rollout)
                .mapTo(Long.class)
                .one();
    }

    void mark(Handle tx, UUID rollout, String kind, String label) {
        tx.createUpdate(
                        "insert into rollout_mark (rollout_id, kind, label) values (:rollout, :kind, :label)")
                .bind("rollout", rollout)
                .bind("kind", kind)
                .bind("label", label)
                .execute();
    }

    List<RolloutMark> marks(Handle handle, UUID rollout) {
        return handle.createQuery(
                        "select * from rollout_mark where rollout_id = :rollout order by at")
                .bind("rollout", rollout)
                .map(
                        (row, context) ->
                                new RolloutMark(
                                        row.getTimestamp("at").toInstant(),
                                        row.getString("kind"),
                                        row.getString("label")))
                .list();
    }

    private static Rollout rollout(ResultSet row) throws SQLException {
        return new Rollout(
                row.getObject("id", UUID.class),
                row.getString("model"),
                row.getLong("model_id"),
                row.getString("champion"),
                row.getLong("champion_id"),
                row.getString("candidate"),
                row.getLong("candidate_id"),
                PlanFormat.parseJson(row.getString("plan")),
                row.getString("plan_digest"),
                Salt.of(row.getBytes("salt")),
                RolloutState.valueOf(row.getString("state")),
                row.getInt("step"),
                row.getLong("revision"),
                row.getString("reason"),
                row.getString("waiting_for"),
                row.getString("started_by"),
                row.getString("started_by_id"),
                row.getTimestamp("started_at").toInstant(),
                row.getTimestamp("step_entered_at").toInstant(),
                Optional.ofNullable(row.getTimestamp("ended_at")).map(Timestamp::toInstant));
    }
}
