package dev.tidegate.server.rollout;

import dev.tidegate.server.evidence.FoldRow;
import dev.tidegate.server.rollout.RolloutFold.EpochStart;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;

/** Folds again what is stored, row by row, and holds the rows of one look at a time. */
final class FoldReplay {
    private final RolloutFold fold;
    private final Queue<EpochStart> epochs;
    private final List<FoldRow> look = new ArrayList<>();

    FoldReplay(RolloutPlan plan, List<EpochStart> epochs) {
        this.fold = new RolloutFold(plan);
        this.epochs = new ArrayDeque<>(epochs);
    }

    void add(FoldRow row) {
        for (EpochStart next = epochs.peek();
                next != null && next.beginsAfter() < row.position();
                next = epochs.peek()) {
            begin(next);
        }
        if (!look.isEmpty() && !look.getLast().isOfSameLook(row)) {
            foldLook();
        }
        look.add(row);
    }

    private void begin(EpochStart epoch) {
        foldLook();
        fold.begin(epoch);
        epochs.remove();
    }

    private void foldLook() {
        fold.fold(look);
        look.clear();
    }

    /** Returns the fold as it was when the newest row was folded first. */
    RolloutFold finished() {
        foldLook();
        epochs.forEach(fold::begin);
        fold.stored();
        return fold;
    }
}
