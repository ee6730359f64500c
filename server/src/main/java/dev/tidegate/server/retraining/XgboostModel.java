package dev.tidegate.server.retraining;

import dev.tidegate.server.platform.error.ErrorCode;
import dev.tidegate.server.platform.error.TidegateException;
import ml.dmlc.xgboost4j.java.Booster;
import ml.dmlc.xgboost4j.java.DMatrix;
import ml.dmlc.xgboost4j.java.XGBoostError;

/** Trees that XGBoost has fitted. */
final class XgboostModel implements TrainedModel {

    private final Booster booster;

    XgboostModel(Booster booster) {
        this.booster = booster;
    }

    @Override
    public double[] predict(FeatureMatrix features) {
        try {
            DMatrix matrix = XgboostMatrix.of(features);
            try {
                return firstOfEach(booster.predict(matrix));
            } finally {
                matrix.dispose();
            }
        } catch (XGBoostError e) {
            throw new TidegateException(
                    ErrorCode.INTERNAL, "XGBoost cannot predict: " + e.getMessage(), e);
        }
    }

    /**
     * Returns the trees as XGBoost's own JSON describes them, exact to the last bit of each
     * threshold.
     */
    TreeEnsemble trees() {
        try {
            return new XgboostJson().read(booster.toByteArray("json"));
        } catch (XGBoostError e) {
            throw new TidegateException(
                    ErrorCode.INTERNAL, "XGBoost cannot describe its trees: " + e.getMessage(), e);
        }
    }

    private static double[] firstOfEach(float[][] predictions) {
        double[] first = new double[predictions.length];
        for (int row = 0; row < first.length; row++) {
            first[row] = predictions[row][0];
        }
        return first;
    }
}
