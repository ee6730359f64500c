package dev.tidegate.server.retraining;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Measures an algorithm on rows that it has not learned from: each fold by a model of all the
 * others.
 */
final class CrossValidation {

    private final TrainingData data;
    private final Learner learner;
    private final Deadline deadline;

    CrossValidation(TrainingData data, Learner learner, Deadline deadline) {
        this.data = data;
        this.learner = learner;
        this.deadline = deadline;
    }

    /** Returns the area under the curve of each fold of the rows. */
    CrossValidatedAuc measure(int[] rows, int folds, long seed) {
        StratifiedFolds dealt = StratifiedFolds.deal(data.target().labels(rows), folds, seed);
        List<Double> areas = new ArrayList<>();
        for (int fold = 0; fold < folds; fold++) {
            deadline.check("fold %d of %d of the cross-validation".formatted(fold + 1, folds));
            int[] held = pick(rows, dealt.in(fold));
            double[] scores =
                    learner.fit(pick(rows, dealt.outside(fold))).predict(data.dataset(), held);
            areas.add(AreaUnderCurve.of(scores, data.target().labels(held)));
        }
        return new CrossValidatedAuc(areas);
    }

    private static int[] pick(int[] rows, int[] positions) {
        return IntStream.of(positions).map(position -> rows[position]).toArray();
    }
}
