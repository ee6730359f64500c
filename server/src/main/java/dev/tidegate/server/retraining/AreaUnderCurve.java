package dev.tidegate.server.retraining;

import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;

/**
 * The area under the receiver operating characteristic, as the share of (positive, negative) pairs
 * that the scores put in the right order; ties count half.
 *
 * <p>Computed from mid-ranks: AUC = (R₊ − n₊(n₊+1)/2) / (n₊ n₋) with R₊ the sum of the positives'
 * ranks (Hanley and McNeil, The meaning and use of the area under a ROC curve, Radiology 143,
 * 1982).
 */
final class AreaUnderCurve {

    private AreaUnderCurve() {}

    /** Returns the area in [0, 1]; NaN when one of the classes has no example. */
    static double of(double[] scores, boolean[] labels) {
        Integer[] order = IntStream.range(0, scores.length).boxed().toArray(Integer[]::new);
        Arrays.sort(order, Comparator.comparingDouble(index -> scores[index]));
        double positives = 0;
        double rankSum = 0;
        int start = 0;
        while (start < order.length) {
            int end = start;
            while (end < order.length && scores[order[end]] == scores[order[start]]) {
                end++;
            }
            double midRank = (start + 1 + end) / 2.0;
            for (int position = start; position < end; position++) {
                positives += labels[order[position]] ? 1 : 0;
                rankSum += labels[order[position]] ? midRank : 0;
            }
            start = end;
        }
        double negatives = scores.length - positives;
        return (rankSum - positives * (positives + 1) / 2) / (positives * negatives);
    }
}
