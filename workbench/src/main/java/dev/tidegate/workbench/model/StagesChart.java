package dev.tidegate.workbench.model;

import dev.tidegate.workbench.chart.ChartFrame;
import dev.tidegate.workbench.chart.ChartLink;
import dev.tidegate.workbench.chart.Ink;
import dev.tidegate.workbench.chart.Range;
import dev.tidegate.workbench.chart.Samples;
import dev.tidegate.workbench.chart.TimeChart;
import dev.tidegate.workbench.chart.XAxis;
import dev.tidegate.workbench.chart.YAxis;
import dev.tidegate.workbench.control.Figures;
import dev.tidegate.workbench.fx.View;
import dev.tidegate.workbench.theme.ChartPalette;
import java.util.List;
import javafx.beans.value.ObservableValue;
import javafx.scene.layout.Region;
import javafx.scene.layout.StackPane;
import javafx.util.Subscription;

/** Where the time of one version's answered requests went over time, a line for each stage. */
final class StagesChart implements View {
    private static final double HEIGHT = 170;

    /** Seconds that are shown at least. */
    private static final double LEAST = 60;

    /** Seconds from the cross-hair within which a reading is still read out. */
    private static final double REACH = 3;

    private final TimeChart chart;

    /** Has the height, as the theme gives every chart its own least one. */
    private final StackPane room = new StackPane();

    StagesChart(ObservableValue<ChartPalette> palette) {
        chart =
                new TimeChart(
                        "chart-stages",
                        "Mean microseconds of each stage over time",
                        new ChartLink(),
                        palette);
        room.getChildren().add(chart.node());
        room.setMinHeight(HEIGHT);
        room.setPrefHeight(HEIGHT);
    }

    @Override
    public Region node() {
        return room;
    }

    @Override
    public Subscription bind() {
        return chart.bind();
    }

    void show(Stages stages, String version) {
        chart.show(frame(stages, version));
    }

    static ChartFrame frame(Stages stages, String version) {
        double newest = stages.at().toEpochMilli() / 1000.0;
        StageSeries series = stages.series().get(version);
        return ChartFrame.ofLines(
                axis(newest, series == null ? LEAST : length(newest, series)),
                YAxis.fromZero(10, 1, Figures::plain),
                series == null
                        ? List.of()
                        : List.of(
                                line(0, "Read", series.read()),
                                line(1, "Queue", series.queue()),
                                line(2, "Compute", series.compute()),
                                line(3, "Encode", series.encode())),
                List.of(),
                "Nothing is known of " + version + " yet");
    }

    private static XAxis axis(double newest, double seconds) {
        return new XAxis(
                        new Range(newest - seconds, newest),
                        newest,
                        at -> Figures.ago(newest - at),
                        REACH)
                .inColumn("unix_seconds");
    }

    private static double length(double newest, StageSeries series) {
        return Math.clamp(
                newest - series.read().x(0), LEAST, (double) StageHistory.LENGTH.toSeconds());
    }

    private static ChartFrame.Line line(int place, String name, Samples samples) {
        return new ChartFrame.Line(
                name,
                samples,
                new Ink.Arm(place),
                false,
                micros -> Figures.plain(micros) + " µs",
                "mean µs");
    }
}
