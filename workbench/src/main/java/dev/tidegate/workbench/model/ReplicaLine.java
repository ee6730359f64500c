package dev.tidegate.workbench.model;

import dev.tidegate.workbench.control.Figures;
import dev.tidegate.workbench.control.Times;
import dev.tidegate.workbench.theme.Tone;
import java.time.Instant;
import java.util.Optional;

/** A replica and what it says of one version. */
record ReplicaLine(ReplicaMemory replica, Optional<ReplicaMemory.Held> held) {
    static ReplicaLine of(ReplicaMemory replica, String version) {
        return new ReplicaLine(replica, replica.held(version));
    }

    String name() {
        return replica.replica();
    }

    Tone tone() {
        if (!replica.live()) {
            return Tone.WATCH;
        }
        return held.map(known -> known.state().tone()).orElse(Tone.UNKNOWN);
    }

    String state() {
        if (!replica.live()) {
            return "Not heard";
        }
        return held.map(known -> known.state().words()).orElse("Not loaded");
    }

    /** What the version takes there, as it is known. */
    String bytes() {
        return held.filter(known -> replica.live() && known.bytes() > 0)
                .map(known -> Figures.bytes(known.bytes()))
                .orElse(Figures.NONE);
    }

    String since(Instant now) {
        return held.filter(_ -> replica.live())
                .map(known -> Times.clock(known.since(), now))
                .orElse(Figures.NONE);
    }

    /** Share of what the replica's versions may need that is taken, 0 to 1. */
    double full() {
        return replica.budgetBytes() == 0
                ? 0
                : (double) replica.takenBytes() / replica.budgetBytes();
    }

    String allVersions() {
        return Figures.bytes(replica.takenBytes()) + " of " + Figures.bytes(replica.budgetBytes());
    }

    String why(Instant now) {
        if (!replica.live()) {
            return "Heard last at %s; what it has in memory now is unknown"
                    .formatted(Times.clock(replica.leaseUntil(), now));
        }
        return held.map(
                        known ->
                                known.reason().isEmpty() && isElsewhere(known)
                                        ? "Another server runs it"
                                        : known.reason())
                .orElse("");
    }

    private static boolean isElsewhere(ReplicaMemory.Held known) {
        return known.bytes() == 0
                && (known.state() == HoldState.READY || known.state() == HoldState.UNREACHABLE);
    }
}
