package dev.tidegate.workbench.chart;

import dev.tidegate.workbench.theme.Tone;
import java.util.List;
import java.util.function.DoubleFunction;

/**
 * Everything that a chart shows at one moment.
 *
 * @param empty the sentence shown while no drawn line and no band has a point
 */
public record ChartFrame(
        XAxis x,
        YAxis y,
        List<Zone> zones,
        List<Band> bands,
        List<Line> lines,
        List<Rule> rules,
        List<Mark> marks,
        String empty) {

    /** Ground between two values, tinted. */
    public record Zone(double low, double high, Tone tone) {}

    /** An interval over time, filled; {@code unit} is that of copied numbers. */
    public record Band(String name, Samples low, Samples high, Ink ink, String unit) {
        public Band(String name, Samples low, Samples high, Ink ink) {
            this(name, low, high, ink, "");
        }
    }

    /**
     * A series; {@code value} prints a value for the read-out, with its unit.
     *
     * @param unit what the samples themselves are in, for whoever copies them as numbers
     */
    public record Line(
            String name,
            Samples samples,
            Ink ink,
            boolean dashed,
            DoubleFunction<String> value,
            String unit) {
        public Line(
                String name,
                Samples samples,
                Ink ink,
                boolean dashed,
                DoubleFunction<String> value) {
            this(name, samples, ink, dashed, value, "");
        }

        boolean isDrawn() {
            return !(ink instanceof Ink.Invisible);
        }
    }

    /** A dashed level with its label. */
    public record Rule(double value, String label, Tone tone) {}

    /** Something that happened: a thin line with a label, or only a tick on the top edge. */
    public record Mark(double x, String label, Tone tone, boolean edgeOnly) {}

    public ChartFrame {
        zones = List.copyOf(zones);
        bands = List.copyOf(bands);
        lines = List.copyOf(lines);
        rules = List.copyOf(rules);
        marks = List.copyOf(marks);
    }

    /** A frame of lines only. */
    public static ChartFrame ofLines(
            XAxis x, YAxis y, List<Line> lines, List<Mark> marks, String empty) {
        return new ChartFrame(x, y, List.of(), List.of(), lines, List.of(), marks, empty);
    }

    public boolean isEmpty() {
        return lines.stream().filter(Line::isDrawn).allMatch(line -> line.samples().isEmpty())
                && bands.stream().allMatch(band -> band.low().isEmpty());
    }
}
