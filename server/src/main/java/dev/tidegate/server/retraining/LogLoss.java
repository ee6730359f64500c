package dev.tidegate.server.retraining;

/** The mean negative log-likelihood of the classes under the predicted probabilities, in nats. */
final class LogLoss {

    /** Keeps a certain and wrong prediction finite, as scikit-learn does. */
    private static final double SMALLEST = 1e-15;

    private LogLoss() {}

    static double of(double[] probabilities, boolean[] labels) {
        double sum = 0;
        for (int row = 0; row < labels.length; row++) {
            double ofTruth = labels[row] ? probabilities[row] : 1 - probabilities[row];
            sum -= Math.log(Math.max(ofTruth, SMALLEST));
        }
        return sum / labels.length;
    }
}
