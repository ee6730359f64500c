package dev.tidegate.server.routing;

import dev.tidegate.server.stats.Arm;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** One route of one model as it was written; immutable. */
public final class RouteSnapshot {
    private final RouteRow row;
    private final Assignment assignment;
    private final boolean open;

    RouteSnapshot(RouteRow row) {
        this(row, new Assignment(row.salt()), true);
    }

    private RouteSnapshot(RouteRow row, Assignment assignment, boolean open) {
        this.row = row;
        this.assignment = assignment;
        this.open = open;
    }

    /** Returns this route with its candidate shut, for a replica that does not know a newer one. */
    RouteSnapshot closed() {
        return new RouteSnapshot(row, assignment, false);
    }

    RouteDecision decide(long unitHash, boolean leaseHolds) {
        if (row.candidateId().isEmpty()) {
            return decision(Arm.CHAMPION, RouteReason.CHAMPION, false);
        }
        if (!open || !leaseHolds) {
            return decision(Arm.CHAMPION, RouteReason.ROUTE_STALE, false);
        }
        return assignment.place(unitHash) < row.weight()
                ? decision(Arm.CANDIDATE, RouteReason.CANDIDATE, true)
                : decision(Arm.CHAMPION, RouteReason.CHAMPION, true);
    }

    private RouteDecision decision(Arm arm, RouteReason reason, boolean inEvidence) {
        long version =
                arm == Arm.CHAMPION ? row.championId() : row.candidateId().orElse(row.championId());
        return new RouteDecision(this, arm, version, reason, inEvidence);
    }

    public long modelId() {
        return row.modelId();
    }

    public long epoch() {
        return row.epoch();
    }

    public long championId() {
        return row.championId();
    }

    /** Returns the candidate's version id, or 0 when there is none. */
    public long candidateId() {
        return row.candidateId().orElse(0L);
    }

    public double weight() {
        return row.weight();
    }

    public Salt salt() {
        return row.salt();
    }

    public Optional<UUID> rolloutId() {
        return row.rolloutId();
    }

    public List<SlowThreshold> slow() {
        return row.slow();
    }

    public Instant createdAt() {
        return row.createdAt();
    }
}
