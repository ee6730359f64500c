package dev.tidegate.server.retraining;

import dev.tidegate.server.platform.error.TidegateException;
import java.util.List;
import org.hipparchus.linear.ArrayRealVector;
import org.hipparchus.linear.CholeskyDecomposition;
import org.hipparchus.linear.MatrixUtils;
import org.hipparchus.linear.RealMatrix;
import org.hipparchus.linear.RealVector;

/**
 * Fits logistic regression by Newton's method.
 *
 * <p>Minimises −Σ log p(yᵢ | xᵢ) + λ/2 ‖w‖² with the intercept unpenalised. Each step solves (XᵀSX
 * + λI) d = Xᵀ(y − p) − λw with S = diag(p(1 − p)): iteratively reweighted least squares with a
 * ridge (Hastie, Tibshirani, Friedman, The Elements of Statistical Learning, §4.4.1). The penalty
 * makes the system positive definite, so the step always exists.
 */
final class LogisticTrainer implements Trainer {

    /** λ, in units of one example's likelihood. */
    private static final double PENALTY = 1;

    /** Only keeps the system definite for the intercept; far below any example's weight. */
    private static final double INTERCEPT_PENALTY = 1e-9;

    private static final int MOST_STEPS = 50;

    /** The largest change of a coefficient that still counts as converged. */
    private static final double TOLERANCE = 1e-10;

    private final List<NumberFeature> numbers;

    LogisticTrainer(List<NumberFeature> numbers) {
        this.numbers = List.copyOf(numbers);
    }

    @Override
    public TrainedModel train(Examples examples, long seed) {
        RealMatrix design = design(examples.features());
        RealVector coefficients = new ArrayRealVector(design.getColumnDimension());
        for (int step = 0; step < MOST_STEPS; step++) {
            RealVector change = newtonStep(design, examples, coefficients);
            coefficients = coefficients.add(change);
            if (change.getLInfNorm() < TOLERANCE) {
                return model(coefficients);
            }
        }
        throw TidegateException.precondition(
                "logistic regression has not converged in %d steps".formatted(MOST_STEPS));
    }

    /** The intercept is the last column. */
    private RealMatrix design(FeatureMatrix features) {
        RealMatrix design = MatrixUtils.createRealMatrix(features.rows(), features.width() + 1);
        for (int row = 0; row < features.rows(); row++) {
            for (int feature = 0; feature < features.width(); feature++) {
                design.setEntry(row, feature, LogisticModel.value(numbers, features, row, feature));
            }
            design.setEntry(row, features.width(), 1);
        }
        return design;
    }

    private static RealVector newtonStep(
            RealMatrix design, Examples examples, RealVector coefficients) {
        RealVector margins = design.operate(coefficients);
        RealMatrix weighted = design.copy();
        double[] residuals = new double[examples.size()];
        for (int row = 0; row < residuals.length; row++) {
            double probability = 1 / (1 + Math.exp(-margins.getEntry(row)));
            residuals[row] = (examples.isPositive(row) ? 1 : 0) - probability;
            weighted.setRowVector(
                    row, design.getRowVector(row).mapMultiply(probability * (1 - probability)));
        }
        RealVector penalties = penalties(design.getColumnDimension());
        RealMatrix curvature =
                design.transposeMultiply(weighted)
                        .add(MatrixUtils.createRealDiagonalMatrix(penalties.toArray()));
        RealVector gradient =
                design.preMultiply(new ArrayRealVector(residuals))
                        .subtract(penalties.ebeMultiply(coefficients));
        return new CholeskyDecomposition(curvature, 1e-9, 0).getSolver().solve(gradient);
    }

    private static RealVector penalties(int size) {
        RealVector penalties = new ArrayRealVector(size, PENALTY);
        penalties.setEntry(size - 1, INTERCEPT_PENALTY);
        return penalties;
    }

    private LogisticModel model(RealVector coefficients) {
        int width = coefficients.getDimension() - 1;
        return new LogisticModel(
                numbers,
                coefficients.getSubVector(0, width).toArray(),
                coefficients.getEntry(width));
    }
}
