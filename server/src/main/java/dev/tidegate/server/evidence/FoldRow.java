package dev.tidegate.server.evidence;

import dev.tidegate.server.stats.ArmSecond;
import java.time.Instant;

/**
 * A row of evidence at its place in a rollout's fold.
 *
 * @param position 1 for the first
 * @param look the first position that was given together with this one
 * @param second the database's second that it belongs to
 * @param late whether it came after its second was folded
 */
public record FoldRow(long position, long look, Instant second, boolean late, ArmSecond evidence) {

    /** Returns whether no look at the evidence is taken between this row and the next. */
    public boolean isOfSameLook(FoldRow next) {
        return look == next.look && second.equals(next.second) && late == next.late;
    }
}
