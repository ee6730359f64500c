package dev.tidegate.workbench.fleet;

import dev.tidegate.workbench.chart.Samples;
import dev.tidegate.workbench.control.Figures;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** The large numbers of the overview: the busiest facts of the chosen model. */
final class FleetFigures {
    private FleetFigures() {}

    static List<Figure> of(FleetSnapshot fleet, FleetModel model) {
        ModelHistory.Series history = fleet.historyOf(model.name());
        return List.of(
                traffic(model, history),
                errors(model, history),
                latency(model, history),
                candidate(model));
    }

    private static Figure traffic(FleetModel model, ModelHistory.Series history) {
        double rate = model.requestsPerSecond();
        return new Figure(
                "Traffic",
                Figures.rateNumber(rate),
                Figures.rateUnit(rate),
                Figures.count(model.requests()) + " in " + model.windowSeconds() + " s",
                newestMinutes(history.requests()));
    }

    private static Figure errors(FleetModel model, ModelHistory.Series history) {
        return new Figure(
                "Error rate",
                model.requests() == 0 ? Figures.NONE : Figures.brief(100 * model.errorShare()),
                "%",
                Figures.count(model.errors()) + " of " + Figures.count(model.requests()),
                busiest(history)
                        .map(VersionHistory.Series::errorShare)
                        .map(FleetFigures::newestMinutes)
                        .orElse(Samples.of(new double[0], new double[0])));
    }

    private static Figure latency(FleetModel model, ModelHistory.Series history) {
        return new Figure(
                "Latency p95",
                model.p95Micros().isPresent()
                        ? Figures.millisNumber((double) model.p95Micros().getAsLong())
                        : Figures.NONE,
                "ms",
                "p99 "
                        + (model.p99Micros().isPresent()
                                ? Figures.millis((double) model.p99Micros().getAsLong())
                                : Figures.NONE),
                busiest(history)
                        .map(VersionHistory.Series::p95Micros)
                        .map(FleetFigures::newestMinutes)
                        .orElse(Samples.of(new double[0], new double[0])));
    }

    private static Figure candidate(FleetModel model) {
        Optional<FleetModel.Arm> candidate = model.arm("candidate");
        return new Figure(
                "Candidate",
                candidate.map(arm -> Figures.plain(100 * arm.weight())).orElse("0"),
                "%",
                candidate
                        .map(
                                arm ->
                                        arm.version()
                                                + " beside "
                                                + model.arm("champion")
                                                        .map(FleetModel.Arm::version)
                                                        .orElse("nothing"))
                        .orElse("no rollout open"),
                Samples.of(new double[0], new double[0]));
    }

    private static Optional<VersionHistory.Series> busiest(ModelHistory.Series history) {
        return history.versions().stream()
                .map(ModelHistory.OfVersion::series)
                .max(Comparator.comparingDouble(series -> newest(series.requests())));
    }

    private static double newest(Samples samples) {
        double sum = 0;
        for (int i = Math.max(0, samples.size() - VersionHistory.WINDOW); i < samples.size(); i++) {
            sum += samples.y(i);
        }
        return sum;
    }

    private static Samples newestMinutes(Samples samples) {
        return samples.newest(300);
    }
}
