package dev.tidegate.server.retraining;

/**
 * What a run has measured.
 *
 * @param auc the area under the curve on the hold-out rows, which the model has not learned from
 * @param crossValidatedAuc the mean area under the curve over the folds of the other rows
 * @param crossValidatedAucDeviation the standard deviation of the folds' areas
 * @param logLoss the mean negative log-likelihood on the hold-out rows, in nats
 * @param holdOutRows the rows that {@code auc} and {@code logLoss} were measured on
 * @param maxDifference the largest difference between the graph's and the trainer's probability of
 *     a row
 * @param checkedRows the rows that {@code maxDifference} was measured on
 * @param refusedRows the rows of the data set that the graph fails on
 */
public record TrainingMetrics(
        double auc,
        double crossValidatedAuc,
        double crossValidatedAucDeviation,
        double logLoss,
        int holdOutRows,
        double maxDifference,
        int checkedRows,
        int refusedRows) {}
