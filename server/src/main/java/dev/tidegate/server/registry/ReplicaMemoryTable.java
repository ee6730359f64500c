package dev.tidegate.server.registry;

import dev.tidegate.server.platform.leader.Replica;
import dev.tidegate.server.platform.storage.Database;
import jakarta.inject.Singleton;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;

/** What each replica has in memory, in its own words. */
@Singleton
public final class ReplicaMemoryTable {
    private final Database database;
    private final Replica replica;

    ReplicaMemoryTable(Database database, Replica replica) {
        this.database = database;
        this.replica = replica;
    }

    /** Tells what this replica has, in place of all that it said before; it has a lease. */
    public void tell(ReplicaHoldings holdings) {
        database.transaction(
                tx -> {
                    tellMemory(tx, holdings);
                    forgetOthers(tx, holdings);
                    tellVersions(tx, holdings);
                    return holdings;
                });
    }

    private void tellMemory(Handle tx, ReplicaHoldings holdings) {
        tx.createUpdate(
                        "insert into replica_memory (boot, budget_bytes, taken_bytes)"
                                + " values (:boot, :budget, :taken) on conflict (boot) do update"
                                + " set budget_bytes = excluded.budget_bytes, taken_bytes = excluded.taken_bytes")
                .bind("boot", replica.boot())
                .bind("budget", holdings.budget())
                .bind("taken", holdings.taken())
                .execute();
    }

    private void forgetOthers(Handle tx, ReplicaHoldings holdings) {
        tx.createUpdate(
                        "delete from replica_version where boot = :boot and version_id <> all(:kept)")
                .bind("boot", replica.boot())
                .bind(
                        "kept",
                        holdings.versions().stream()
                                .map(HeldVersion::versionId)
                                .toArray(Long[]::new))
                .execute();
    }

    private void tellVersions(Handle tx, ReplicaHoldings holdings) {
        if (holdings.versions().isEmpty()) {
            return;
        }
        PreparedBatch rows =
                tx.prepareBatch(
                        "insert into replica_version as known (boot, version_id, state, bytes, reason)"
                                + " select :boot, id, :state, :bytes, :reason from model_version"
                                + " where id = :version"
                                + " on conflict (boot, version_id) do update set state = excluded.state,"
                                + " bytes = excluded.bytes, reason = excluded.reason,"
                                + " since = case when known.state = excluded.state then known.since"
                                + " else clock_timestamp() end"
                                + " where (known.state, known.bytes, known.reason)"
                                + " is distinct from (excluded.state, excluded.bytes, excluded.reason)");
        holdings.versions()
                .forEach(
                        held ->
                                rows.bind("boot", replica.boot())
                                        .bind("version", held.versionId())
                                        .bind("state", held.state().name())
                                        .bind("bytes", held.bytes())
                                        .bind("reason", held.reason())
                                        .add());
        rows.execute();
    }

    /** Takes back all that this replica said, as it ends and its memory with it. */
    public void forget() {
        database.transaction(
                tx ->
                        tx.createUpdate("delete from replica_memory where boot = :boot")
                                .bind("boot", replica.boot())
                                .execute());
    }

    /** Removes what replicas said that have not been heard for a day. */
    public void forgetLost() {
        database.transaction(
                tx ->
                        tx.createUpdate(
                                        "delete from replica_memory m using replica r where r.boot = m.boot"
                                                + " and r.lease_until < clock_timestamp() - interval '1 day'")
                                .execute());
    }

    /** Returns what the replicas said of a model's versions, those that started first first. */
    List<ReplicaMemory> ofModel(long modelId) {
        return database.snapshot(handle -> ofModel(handle, modelId));
    }

    private List<ReplicaMemory> ofModel(Handle handle, long modelId) {
        Map<UUID, List<ReplicaMemory.Held>> held = held(handle, modelId);
        return handle.createQuery(
                        "select r.boot, r.name, r.lease_until, r.lease_until > clock_timestamp() as live,"
                                + " m.budget_bytes, m.taken_bytes from replica r join replica_memory m using (boot)"
                                + " where r.lease_until > clock_timestamp() - interval '10 minutes'"
                                + " order by r.started_at")
                .map((row, context) -> memory(row, held))
                .list();
    }

    private ReplicaMemory memory(ResultSet row, Map<UUID, List<ReplicaMemory.Held>> held)
            throws SQLException {
        UUID boot = row.getObject("boot", UUID.class);
        return new ReplicaMemory(
                row.getString("name"),
                row.getBoolean("live"),
                row.getTimestamp("lease_until").toInstant(),
                boot.equals(replica.boot()),
                row.getLong("budget_bytes"),
                row.getLong("taken_bytes"),
                held.getOrDefault(boot, List.of()));
    }

    private static Map<UUID, List<ReplicaMemory.Held>> held(Handle handle, long modelId) {
        return handle
                .createQuery(
                        "select h.*, v.version from replica_version h join model_version v on v.id = h.version_id"
                                + " where v.model_id = :model order by v.id")
                .bind("model", modelId)
                .map((row, context) -> Map.entry(row.getObject("boot", UUID.class), held(row)))
                .list()
                .stream()
                .collect(
                        Collectors.groupingBy(
                                Map.Entry::getKey,
                                Collectors.mapping(Map.Entry::getValue, Collectors.toList())));
    }

    private static ReplicaMemory.Held held(ResultSet row) throws SQLException {
        return new ReplicaMemory.Held(
                row.getString("version"),
                HoldState.valueOf(row.getString("state")),
                row.getLong("bytes"),
                row.getString("reason"),
                row.getTimestamp("since").toInstant());
    }
}
