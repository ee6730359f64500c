package dev.tidegate.server.rollout;

import dev.tidegate.server.identity.Principal;
import dev.tidegate.server.platform.storage.Database;
import dev.tidegate.server.stats.Insufficiency;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** The rollouts that have not ended, for other features. */
@Singleton
public final class RunningRollouts {
    private final Database database;
    private final RolloutTable table;
    private final ApprovalTable approvals;
    private final AllowedActions actions;
    private final LeaderWatch leader;

    RunningRollouts(
            Database database,
            RolloutTable table,
            ApprovalTable approvals,
            AllowedActions actions,
            LeaderWatch leader) {
        this.database = database;
        this.table = table;
        this.approvals = approvals;
        this.actions = actions;
        this.leader = leader;
    }

    /** Returns them with whether the caller could approve each now. */
    public List<Waiting> of(Principal by) {
        return database.read(
                handle -> table.running(handle).stream().map(r -> waiting(handle, r, by)).toList());
    }

    private Waiting waiting(Handle handle, Rollout rollout, Principal by) {
        boolean given = approvals.isGiven(handle, rollout.id(), rollout.step() + 1);
        Optional<Insufficiency> unjudged = leader.missing(handle, rollout);
        boolean mine =
                actions.of(rollout, given, unjudged, by).stream()
                        .anyMatch(action -> action.name().equals("approve") && action.allowed());
        return new Waiting(
                new RolloutSummary(
                        rollout.id(),
                        rollout.model(),
                        rollout.state(),
                        unjudged.map(Insufficiency::text).orElse(rollout.reason())),
                mine);
    }

    /** A rollout, and whether it waits for the caller. */
    public record Waiting(RolloutSummary rollout, boolean forCaller) {}
}
