package dev.tidegate.server.retraining;

import dev.tidegate.server.platform.error.ErrorCode;
import dev.tidegate.server.platform.error.TidegateException;
import java.util.HashMap;
import java.util.Map;
import ml.dmlc.xgboost4j.java.Booster;
import ml.dmlc.xgboost4j.java.DMatrix;
import ml.dmlc.xgboost4j.java.XGBoost;
import ml.dmlc.xgboost4j.java.XGBoostError;

/**
 * Fits gradient-boosted trees (Chen and Guestrin, XGBoost: A Scalable Tree Boosting System, KDD
 * 2016).
 *
 * <p>The number of trees is found on a tenth of the examples that the first fit does not see; the
 * second fit then takes all examples and that many trees. So no example that a figure is measured
 * on has chosen anything.
 */
final class XgboostTrainer implements Trainer {

    private static final int MOST_ROUNDS = 1500;

    /** Rounds without a better log-loss after which the search for their number ends. */
    private static final int PATIENCE = 40;

    private static final int STOPPING_FOLDS = 10;

    /** Small trees and slow steps: what generalises on tables of some thousand rows. */
    private static final Map<String, Object> PARAMETERS =
            Map.of(
                    "objective",
                    "binary:logistic",
                    "eval_metric",
                    "logloss",
                    "tree_method",
                    "hist",
                    "max_depth",
                    3,
                    "eta",
                    0.05,
                    "min_child_weight",
                    5,
                    "subsample",
                    0.8,
                    "colsample_bytree",
                    0.5,
                    "nthread",
                    1,
                    "verbosity",
                    0);

    @Override
    public TrainedModel train(Examples examples, long seed) {
        new OpenMpRuntime().load();
        try {
            int rounds = rounds(examples, seed);
            DMatrix matrix = XgboostMatrix.of(examples);
            try {
                return new XgboostModel(
                        XGBoost.train(
                                matrix, parameters(seed), rounds, new HashMap<>(), null, null));
            } finally {
                matrix.dispose();
            }
        } catch (XGBoostError e) {
            throw new TidegateException(ErrorCode.INTERNAL, "XGBoost failed: " + e.getMessage(), e);
        } catch (LinkageError e) {
            throw new TidegateException(
                    ErrorCode.INTERNAL,
                    "XGBoost cannot be loaded; on Linux it needs the OpenMP runtime libgomp.so.1: "
                            + e.getMessage(),
                    e);
        }
    }

    private static int rounds(Examples examples, long seed) throws XGBoostError {
        StratifiedFolds folds = StratifiedFolds.deal(examples.labels(), STOPPING_FOLDS, seed);
        DMatrix training = XgboostMatrix.of(examples.select(folds.outside(0)));
        DMatrix stopping = XgboostMatrix.of(examples.select(folds.in(0)));
        try {
            Booster booster =
                    XGBoost.train(training, parameters(seed), 1, new HashMap<>(), null, null);
            try {
                return rounds(booster, training, stopping);
            } finally {
                booster.dispose();
            }
        } finally {
            training.dispose();
            stopping.dispose();
        }
    }

    /**
     * Adds trees to a booster of one tree until they no longer help; returns the best number of
     * them.
     */
    private static int rounds(Booster booster, DMatrix training, DMatrix stopping)
            throws XGBoostError {
        int best = 1;
        float smallest = loss(booster, stopping);
        for (int rounds = 2; rounds <= MOST_ROUNDS && rounds - best <= PATIENCE; rounds++) {
            booster.update(training, rounds - 1);
            float loss = loss(booster, stopping);
            if (loss < smallest) {
                smallest = loss;
                best = rounds;
            }
        }
        return best;
    }

    private static float loss(Booster booster, DMatrix stopping) throws XGBoostError {
        float[] loss = new float[1];
        booster.evalSet(new DMatrix[] {stopping}, new String[] {"stopping"}, 0, loss);
        return loss[0];
    }

    private static Map<String, Object> parameters(long seed) {
        Map<String, Object> parameters = new HashMap<>(PARAMETERS);
        parameters.put("seed", (int) (seed ^ seed >>> 32) & Integer.MAX_VALUE);
        return parameters;
    }
}
