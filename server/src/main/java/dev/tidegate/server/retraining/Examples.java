package dev.tidegate.server.retraining;

/** Rows of features with the class of each. */
final class Examples {

    private final FeatureMatrix features;
    private final boolean[] labels;

    Examples(FeatureMatrix features, boolean[] labels) {
        this.features = features;
        this.labels = labels.clone();
    }

    FeatureMatrix features() {
        return features;
    }

    int size() {
        return labels.length;
    }

    boolean isPositive(int row) {
        return labels[row];
    }

    boolean[] labels() {
        return labels.clone();
    }

    Examples select(int[] rows) {
        boolean[] chosen = new boolean[rows.length];
        for (int row = 0; row < rows.length; row++) {
            chosen[row] = labels[rows[row]];
        }
        return new Examples(features.select(rows), chosen);
    }
}
