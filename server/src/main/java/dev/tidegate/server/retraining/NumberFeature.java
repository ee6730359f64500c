package dev.tidegate.server.retraining;

import dev.tidegate.server.dataset.NumberColumn;

/**
 * A number as models see it.
 *
 * @param name the column's name
 * @param mean the mean over the training rows that have a value
 * @param scale the standard deviation over the same rows; 1 where they are all alike
 */
record NumberFeature(String name, float mean, float scale) {

    static NumberFeature fit(NumberColumn column, int[] rows) {
        double sum = 0;
        double squares = 0;
        int count = 0;
        for (int row : rows) {
            if (!column.isMissing(row)) {
                sum += column.value(row);
                count++;
            }
        }
        double mean = count == 0 ? 0 : sum / count;
        for (int row : rows) {
            if (!column.isMissing(row)) {
                squares += (column.value(row) - mean) * (column.value(row) - mean);
            }
        }
        double deviation = count == 0 ? 0 : Math.sqrt(squares / count);
        return new NumberFeature(
                column.name(), (float) mean, deviation > 0 ? (float) deviation : 1f);
    }

    /** Returns the standardised value; 0, the mean, for a missing one. */
    double standardise(float value) {
        return Float.isNaN(value) ? 0 : ((double) value - mean) / scale;
    }
}
