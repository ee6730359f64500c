package dev.tidegate.server.cli;

import dev.tidegate.server.retraining.TrainingMetrics;
import dev.tidegate.server.retraining.TrainingReport;
import java.util.List;
import java.util.Locale;

/** A training's result in a few lines for people. */
final class TrainingSummary {
    private TrainingSummary() {}

    static String of(TrainingReport report) {
        TrainingMetrics metrics = report.metrics();
        return String.join(
                System.lineSeparator(),
                List.of(
                        "%s%s, %s on %d rows of %s"
                                .formatted(
                                        report.model(),
                                        report.version() == null ? "" : " " + report.version(),
                                        report.algorithm(),
                                        report.lineage().trainingRows(),
                                        report.lineage().data()),
                        row(
                                "cross-validated AUC",
                                "%.4f ± %.4f",
                                metrics.crossValidatedAuc(),
                                metrics.crossValidatedAucDeviation()),
                        row(
                                "hold-out AUC",
                                "%.4f on %d rows",
                                metrics.auc(),
                                metrics.holdOutRows()),
                        row("hold-out log-loss", "%.4f", metrics.logLoss()),
                        row(
                                "maxDifference",
                                "%.1e over %d rows (at most 1e-05)",
                                metrics.maxDifference(),
                                metrics.checkedRows()),
                        row(
                                "rows refused",
                                "%d of %d",
                                metrics.refusedRows(),
                                report.lineage().rows()),
                        row("seconds", "%.1f", report.seconds()),
                        row("artifact", "%s", report.artifact())));
    }

    private static String row(String label, String format, Object... values) {
        return "  %-20s %s".formatted(label, String.format(Locale.ROOT, format, values));
    }
}
