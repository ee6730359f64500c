package dev.tidegate.server.retraining;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/** Deals examples into folds of equal size, each with the same share of positive examples. */
final class StratifiedFolds {

    private final int[] foldOf;
    private final int folds;

    private StratifiedFolds(int[] foldOf, int folds) {
        this.foldOf = foldOf;
        this.folds = folds;
    }

    /** Returns folds of the examples with these labels; the same seed deals the same way. */
    static StratifiedFolds deal(boolean[] labels, int folds, long seed) {
        List<Integer> order = new ArrayList<>(IntStream.range(0, labels.length).boxed().toList());
        Collections.shuffle(order, new SplittableRandom(seed));
        int[] foldOf = new int[labels.length];
        int positives = 0;
        int negatives = 0;
        for (int example : order) {
            foldOf[example] = (labels[example] ? positives++ : negatives++) % folds;
        }
        return new StratifiedFolds(foldOf, folds);
    }

    int count() {
        return folds;
    }

    /** Returns the positions of the examples of one fold, ascending. */
    int[] in(int fold) {
        return IntStream.range(0, foldOf.length).filter(row -> foldOf[row] == fold).toArray();
    }

    /** Returns the positions of the examples of all other folds, ascending. */
    int[] outside(int fold) {
        return IntStream.range(0, foldOf.length).filter(row -> foldOf[row] != fold).toArray();
    }
}
