package dev.tidegate.server.retraining;

/** Rows of features in single precision, as trainers take them; NaN where a number is missing. */
final class FeatureMatrix {

    private final int rows;
    private final int width;
    private final float[] values;

    FeatureMatrix(int rows, int width) {
        this.rows = rows;
        this.width = width;
        this.values = new float[rows * width];
    }

    int rows() {
        return rows;
    }

    int width() {
        return width;
    }

    float at(int row, int feature) {
        return values[row * width + feature];
    }

    void set(int row, int feature, float value) {
        values[row * width + feature] = value;
    }

    /** Returns a copy of all values, row by row. */
    float[] toArray() {
        return values.clone();
    }

    FeatureMatrix select(int[] chosen) {
        FeatureMatrix selection = new FeatureMatrix(chosen.length, width);
        for (int row = 0; row < chosen.length; row++) {
            System.arraycopy(values, chosen[row] * width, selection.values, row * width, width);
        }
        return selection;
    }
}
