package dev.tidegate.server.retraining;

import ml.dmlc.xgboost4j.java.DMatrix;
import ml.dmlc.xgboost4j.java.XGBoostError;

/** Copies features into XGBoost's own memory; the caller disposes of the copy. */
final class XgboostMatrix {

    private XgboostMatrix() {}

    static DMatrix of(FeatureMatrix features) throws XGBoostError {
        return new DMatrix(features.toArray(), features.rows(), features.width(), Float.NaN);
    }

    static DMatrix of(Examples examples) throws XGBoostError {
        float[] labels = new float[examples.size()];
        for (int row = 0; row < labels.length; row++) {
            labels[row] = examples.isPositive(row) ? 1 : 0;
        }
        DMatrix matrix = of(examples.features());
        matrix.setLabel(labels);
        return matrix;
    }
}
