package dev.tidegate.server.rollout;

import dev.tidegate.server.audit.AuditEvent;
import dev.tidegate.server.audit.AuditTrail;
import dev.tidegate.server.registry.ModelRegistry;
import dev.tidegate.server.registry.RegisteredVersion;
import dev.tidegate.server.registry.VersionState;
import dev.tidegate.server.routing.NewRoute;
import dev.tidegate.server.routing.RouteWriter;
import dev.tidegate.server.routing.SlowThreshold;
import jakarta.inject.Singleton;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/**
 * The moves of the state machine. Each is one transaction: the rollout's row, the route, the audit
 * event and the mark stand together or not at all. Locks are taken in one order, so that nobody
 * waits in a circle: the rollout, the model, the route's epoch, the head of the audit chain.
 */
@Singleton
final class RolloutMoves {
    private final RolloutTable table;
    private final ApprovalTable approvals;
    private final RouteWriter routes;
    private final ModelRegistry registry;
    private final AuditTrail audit;

    RolloutMoves(
            RolloutTable table,
            ApprovalTable approvals,
            RouteWriter routes,
            ModelRegistry registry,
            AuditTrail audit) {
        this.table = table;
        this.approvals = approvals;
        this.routes = routes;
        this.registry = registry;
        this.audit = audit;
    }

    /** Puts the weight of a step in force; returns the route's epoch. */
    long enterStep(
            Handle tx, Rollout rollout, int step, List<SlowThreshold> slow, String why, String by) {
        double weight = rollout.plan().steps().get(step).ramp().weight();
        registry.lock(tx, rollout.model());
        table.move(tx, rollout, RolloutState.RUNNING, step, why, "evidence");
        long epoch =
                routes.write(
                        tx,
                        new NewRoute(
                                rollout.modelId(),
                                rollout.championId(),
                                Optional.of(rollout.candidateId()),
                                weight,
                                rollout.salt(),
                                Optional.of(rollout.id()),
                                slow),
                        by);
        registry.move(tx, candidate(tx, rollout), VersionState.LIVE, by);
        table.mark(tx, rollout.id(), "step", Shares.percent(weight));
        record(
                tx,
                rollout,
                by,
                "rollout.step",
                why,
                Map.of("step", step, "weight", weight, "epoch", epoch));
        return epoch;
    }

    /** Gives all traffic to the candidate and makes it the champion. */
    void promote(Handle tx, Rollout rollout, String why, String by) {
        registry.lock(tx, rollout.model());
        table.move(tx, rollout, RolloutState.PROMOTED, rollout.step(), why, "");
        long epoch =
                routes.write(
                        tx,
                        NewRoute.championAlone(
                                rollout.modelId(), rollout.candidateId(), rollout.salt()),
                        by);
        registry.setAlias(tx, ModelRegistry.CHAMPION, candidate(tx, rollout), by);
        table.mark(tx, rollout.id(), "promotion", rollout.candidate());
        record(tx, rollout, by, "rollout.promoted", why, Map.of("epoch", epoch));
    }

    /** Gives all traffic back to the champion. */
    void rollBack(Handle tx, Rollout rollout, String why, String by) {
        RolloutState end =
                rollout.step() == Rollout.WATCHING
                        ? RolloutState.ABORTED
                        : RolloutState.ROLLED_BACK;
        registry.lock(tx, rollout.model());
        table.move(tx, rollout, end, rollout.step(), why, "");
        long epoch =
                routes.write(
                        tx,
                        NewRoute.championAlone(
                                rollout.modelId(), rollout.championId(), rollout.salt()),
                        by);
        if (end == RolloutState.ROLLED_BACK) {
            registry.move(tx, candidate(tx, rollout), VersionState.STAGED, by);
        }
        table.mark(tx, rollout.id(), "rollback", by);
        String action = end == RolloutState.ABORTED ? "rollout.aborted" : "rollout.rolled_back";
        record(tx, rollout, by, action, why, Map.of("epoch", epoch));
    }

    private RegisteredVersion candidate(Handle tx, Rollout rollout) {
        return registry.byId(tx, rollout.candidateId()).orElseThrow();
    }

    void awaitApproval(Handle tx, Rollout rollout, String why) {
        table.move(tx, rollout, RolloutState.AWAITING_APPROVAL, rollout.step(), why, "approval");
        table.mark(tx, rollout.id(), "approval", "asked for");
        record(tx, rollout, "tidegate", "rollout.awaits_approval", why, Map.of());
    }

    /**
     * Takes a rollout out of the wait, because its evidence is no longer what it was.
     *
     * @param position evidence up to it cannot be signed any more
     */
    void withdraw(Handle tx, Rollout rollout, long position, String why, String waitingFor) {
        table.move(tx, rollout, RolloutState.RUNNING, rollout.step(), why, waitingFor);
        approvals.voidUnused(tx, rollout.id(), rollout.step() + 1);
        table.closeForSignature(tx, rollout.id(), position);
        record(tx, rollout, "tidegate", "rollout.approval_withdrawn", why, Map.of());
    }

    void hold(Handle tx, Rollout rollout, String why, String by) {
        table.move(tx, rollout, RolloutState.HOLDING, rollout.step(), why, "a person");
        table.mark(tx, rollout.id(), "hold", by);
        record(tx, rollout, by, "rollout.held", why, Map.of());
    }

    void resume(Handle tx, Rollout rollout, String why, String by) {
        table.move(tx, rollout, RolloutState.RUNNING, rollout.step(), why, "evidence");
        approvals.voidUnused(tx, rollout.id(), rollout.step() + 1);
        table.mark(tx, rollout.id(), "resume", by);
        record(tx, rollout, by, "rollout.resumed", why, Map.of());
    }

    /** Writes an audit event of this rollout. */
    void record(
            Handle tx, Rollout rollout, String by, String action, String why, Map<String, ?> more) {
        Map<String, Object> detail = new LinkedHashMap<>(more);
        detail.put("model", rollout.model());
        detail.put("champion", rollout.champion());
        detail.put("candidate", rollout.candidate());
        detail.put("reason", why);
        audit.append(tx, new AuditEvent(by, action, rollout.subject(), detail));
    }
}
