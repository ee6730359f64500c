package dev.tidegate.server.rollout;

import dev.tidegate.server.evidence.EvidenceGap;
import dev.tidegate.server.evidence.EvidenceGaps;
import dev.tidegate.server.identity.Principal;
import dev.tidegate.server.routing.RouteReader;
import dev.tidegate.server.routing.RouteSnapshot;
import dev.tidegate.server.stats.Insufficiency;
import jakarta.inject.Singleton;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.jdbi.v3.core.Handle;

/** Puts together what a screen shows of a rollout. */
@Singleton
final class RolloutViews {
    private final ReadingTable readings;
    private final ApprovalTable approvals;
    private final RolloutTable table;
    private final RouteReader routes;
    private final AllowedActions actions;
    private final EvidenceGaps gaps;
    private final LeaderWatch leader;

    RolloutViews(
            ReadingTable readings,
            ApprovalTable approvals,
            RolloutTable table,
            RouteReader routes,
            AllowedActions actions,
            EvidenceGaps gaps,
            LeaderWatch leader) {
        this.readings = readings;
        this.approvals = approvals;
        this.table = table;
        this.routes = routes;
        this.actions = actions;
        this.gaps = gaps;
        this.leader = leader;
    }

    RolloutView of(Handle handle, Rollout rollout, Principal by) {
        Optional<RolloutReading> reading = readings.newest(handle, rollout);
        Optional<Insufficiency> unjudged = leader.missing(handle, rollout);
        return unjudged.isEmpty()
                ? view(handle, rollout, reading, unjudged, by)
                : view(
                        handle,
                        rollout.unjudged(unjudged.get()),
                        reading.map(r -> r.unjudged(rollout, unjudged.get())),
                        unjudged,
                        by);
    }

    private RolloutView view(
            Handle handle,
            Rollout rollout,
            Optional<RolloutReading> reading,
            Optional<Insufficiency> unjudged,
            Principal by) {
        List<RouteSnapshot> ofRollout = routes.ofRollout(handle, rollout.id());
        Instant now =
                handle.createQuery("select clock_timestamp()")
                        .mapTo(Timestamp.class)
                        .one()
                        .toInstant();
        return new RolloutView(
                rollout,
                reading,
                ofRollout.isEmpty() ? 0 : ofRollout.getLast().epoch(),
                ofRollout.isEmpty() ? List.of() : thresholds(ofRollout.getLast()),
                approvals.of(handle, rollout.id()),
                marks(handle, rollout, now),
                actions.of(
                        rollout,
                        approvals.isGiven(handle, rollout.id(), rollout.step() + 1),
                        unjudged,
                        by),
                rate(rollout, reading, now),
                now);
    }

    List<PathPoint> path(
            Handle handle, Rollout rollout, long afterPosition, Instant since, int most) {
        return readings.path(handle, rollout.id(), afterPosition, since, most);
    }

    /** Returns its marks and, among them, every gap in its evidence. */
    private List<RolloutMark> marks(Handle handle, Rollout rollout, Instant now) {
        List<RolloutMark> marks = new ArrayList<>(table.marks(handle, rollout.id()));
        for (EvidenceGap gap :
                gaps.between(handle, rollout.startedAt(), rollout.endedAt().orElse(now))) {
            marks.add(new RolloutMark(gap.from(), "gap", gap.detail()));
        }
        marks.sort(Comparator.comparing(RolloutMark::at));
        return marks;
    }

    private static List<RolloutView.RouteThreshold> thresholds(RouteSnapshot route) {
        return route.slow().stream()
                .map(
                        slow ->
                                new RolloutView.RouteThreshold(
                                        slow.name(), slow.championMicros(), slow.candidateMicros()))
                .toList();
    }

    private static OptionalDouble rate(
            Rollout rollout, Optional<RolloutReading> reading, Instant now) {
        double seconds = Duration.between(rollout.stepEnteredAt(), now).toMillis() / 1000.0;
        long units = reading.map(r -> r.reading().split().candidateUnits()).orElse(0L);
        return units == 0 || seconds <= 0
                ? OptionalDouble.empty()
                : OptionalDouble.of(units / seconds);
    }
}
