package dev.tidegate.workbench.fleet;

import dev.tidegate.workbench.chart.ChartFrame;
import dev.tidegate.workbench.chart.Ink;
import dev.tidegate.workbench.chart.Range;
import dev.tidegate.workbench.chart.Samples;
import dev.tidegate.workbench.chart.XAxis;
import dev.tidegate.workbench.chart.YAxis;
import dev.tidegate.workbench.control.Figures;
import dev.tidegate.workbench.control.Legend;
import dev.tidegate.workbench.theme.ArmColours;
import java.util.Comparator;
import java.util.List;
import java.util.function.DoubleFunction;
import java.util.function.Function;

/**
 * The three live charts of one model by version, which end at the newest closed second: versions
 * without a request in the shown span are left out.
 */
record FleetCharts(
        ChartFrame rate, ChartFrame errors, ChartFrame latency, List<Legend.Entry> legend) {
    private static final String EMPTY = "No requests in this time";

    /** Seconds from the cross-hair within which a second is still read out. */
    private static final double REACH = 2;

    static FleetCharts of(
            FleetSnapshot fleet,
            String model,
            TimeSpan span,
            ArmColours colours,
            List<FleetEvent> events) {
        XAxis axis = axis(fleet, span);
        List<ModelHistory.OfVersion> versions =
                fleet.historyOf(model).versions().stream()
                        .filter(one -> one.series().requests().isPositiveWithin(axis.range()))
                        .toList();
        Builder builder = new Builder(model, versions, axis, colours, marks(events, model));
        return new FleetCharts(
                builder.frame(
                        VersionHistory.Series::requests,
                        YAxis.fromZero(1, 1, Figures::plain),
                        Figures::rate,
                        "requests/s"),
                builder.frame(
                        VersionHistory.Series::errorShare,
                        YAxis.fromZero(0.01, 0.001, Figures::percent),
                        Figures::percent,
                        "share of requests that failed"),
                builder.frame(
                        VersionHistory.Series::p95Micros,
                        YAxis.fromZero(1000, 100, micros -> Figures.millisNumber(micros)),
                        Figures::millis,
                        "p95 in µs"),
                builder.legend());
    }

    private static XAxis axis(FleetSnapshot fleet, TimeSpan span) {
        double newest = (double) fleet.server().newestSecond().getEpochSecond();
        Range range = new Range(newest - span.length().toSeconds(), newest);
        return new XAxis(range, newest, at -> Figures.ago(newest - at), REACH)
                .inColumn("unix_seconds");
    }

    private static List<ChartFrame.Mark> marks(List<FleetEvent> events, String model) {
        return events.stream()
                .filter(event -> event.model().equals(model))
                .sorted(Comparator.comparing(FleetEvent::at))
                .map(
                        event ->
                                new ChartFrame.Mark(
                                        event.at().toEpochMilli() / 1000.0,
                                        event.label(),
                                        event.tone(),
                                        false))
                .toList();
    }

    private record Builder(
            String model,
            List<ModelHistory.OfVersion> versions,
            XAxis x,
            ArmColours colours,
            List<ChartFrame.Mark> marks) {
        ChartFrame frame(
                Function<VersionHistory.Series, Samples> series,
                YAxis y,
                DoubleFunction<String> value,
                String unit) {
            List<ChartFrame.Line> lines =
                    versions.stream()
                            .map(
                                    version ->
                                            new ChartFrame.Line(
                                                    version.version(),
                                                    series.apply(version.series()),
                                                    new Ink.Arm(
                                                            colours.indexOf(
                                                                    model, version.version())),
                                                    false,
                                                    value,
                                                    unit))
                            .toList();
            return ChartFrame.ofLines(x, y, lines, marks, EMPTY);
        }

        List<Legend.Entry> legend() {
            return versions.stream()
                    .map(
                            version ->
                                    new Legend.Entry(
                                            model + " " + version.version(),
                                            colours.indexOf(model, version.version())))
                    .toList();
        }
    }
}
