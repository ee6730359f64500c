package dev.tidegate.workbench.chart;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * Writes what a chart shows as CSV: a row for each x, a column for each line and edge of a band,
 * named with its unit.
 */
final class ChartCsv {
    private record Column(String name, Samples samples) {}

    private ChartCsv() {}

    static String of(ChartFrame frame, Range xs) {
        List<Column> columns = columns(frame);
        StringBuilder csv = new StringBuilder(frame.x().column());
        columns.forEach(column -> csv.append(',').append(quoted(column.name())));
        csv.append('\n');
        for (double x : visibleXs(columns, xs)) {
            csv.append(x);
            columns.forEach(column -> csv.append(',').append(valueAt(column.samples(), x)));
            csv.append('\n');
        }
        return csv.toString();
    }

    private static List<Column> columns(ChartFrame frame) {
        List<Column> columns = new ArrayList<>();
        frame.lines()
                .forEach(
                        line ->
                                columns.add(
                                        new Column(
                                                named(line.name(), line.unit()), line.samples())));
        for (ChartFrame.Band band : frame.bands()) {
            columns.add(new Column(named(band.name() + " low", band.unit()), band.low()));
            columns.add(new Column(named(band.name() + " high", band.unit()), band.high()));
        }
        return columns;
    }

    private static String named(String name, String unit) {
        return unit.isEmpty() ? name : name + " (" + unit + ")";
    }

    private static Set<Double> visibleXs(List<Column> columns, Range xs) {
        TreeSet<Double> visible = new TreeSet<>();
        for (Column column : columns) {
            Samples samples = column.samples();
            for (int i = samples.firstFrom(xs.low());
                    i < samples.size() && samples.x(i) <= xs.high();
                    i++) {
                visible.add(samples.x(i));
            }
        }
        return visible;
    }

    private static String valueAt(Samples samples, double x) {
        int index = samples.firstFrom(x);
        boolean there =
                index < samples.size()
                        && samples.x(index) == x
                        && Double.isFinite(samples.y(index));
        return there ? Double.toString(samples.y(index)) : "";
    }

    private static String quoted(String name) {
        return '"' + name.replace("\"", "\"\"") + '"';
    }
}
