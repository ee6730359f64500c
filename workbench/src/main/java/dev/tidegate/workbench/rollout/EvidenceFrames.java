package dev.tidegate.workbench.rollout;

import dev.tidegate.workbench.chart.ChartFrame;
import dev.tidegate.workbench.chart.Ink;
import dev.tidegate.workbench.chart.Range;
import dev.tidegate.workbench.chart.Samples;
import dev.tidegate.workbench.chart.XAxis;
import dev.tidegate.workbench.chart.YAxis;
import dev.tidegate.workbench.control.Figures;
import dev.tidegate.workbench.theme.Tone;
import java.util.List;
import java.util.function.DoubleFunction;

/**
 * The evidence chart of one guardrail, three charts over the same x: the difference with its
 * always-valid band against the tolerance, the e-process on a log axis against 1/α, and the split
 * asked for and seen.
 */
record EvidenceFrames(ChartFrame band, ChartFrame eProcess, ChartFrame split) {
    /** How far beyond the tolerance the axis may grow while the band is still wide. */
    private static final double AXIS_LIMIT = 5;

    private static final double BEYOND = 1e6;
    private static final String NO_EVIDENCE = "No evidence yet: 0 units";
    private static final String SHARE = "share";
    private static final Ink MUTED = new Ink.Muted();

    static EvidenceFrames of(
            RolloutSnapshot snapshot, Guardrail guardrail, boolean overUnits, int candidateColour) {
        EvidencePath.Series series = overUnits ? snapshot.byUnits() : snapshot.byTime();
        Builder builder =
                new Builder(
                        snapshot.rollout(),
                        guardrail,
                        series,
                        snapshot.byTime().units(),
                        overUnits,
                        new Ink.Arm(candidateColour));
        return new EvidenceFrames(builder.band(), builder.eProcess(), builder.split());
    }

    private record Builder(
            Rollout rollout,
            Guardrail guardrail,
            EvidencePath.Series series,
            Samples unitsOverTime,
            boolean overUnits,
            Ink candidate) {

        ChartFrame band() {
            EvidencePath.Guarded path = series.of(guardrail.name());
            double tolerance = guardrail.tolerance();
            YAxis y =
                    new YAxis(
                            new Range(-1.5 * tolerance, 2.5 * tolerance),
                            new Range(-AXIS_LIMIT * tolerance, AXIS_LIMIT * tolerance),
                            0,
                            value -> Figures.plain(100 * value) + " pp");
            return new ChartFrame(
                    x(),
                    y,
                    List.of(
                            new ChartFrame.Zone(tolerance, BEYOND, Tone.BAD),
                            new ChartFrame.Zone(-BEYOND, tolerance, Tone.GOOD)),
                    List.of(new ChartFrame.Band("band", path.low(), path.high(), candidate, SHARE)),
                    List.of(
                            line(
                                    "difference",
                                    path.difference(),
                                    candidate,
                                    Figures::points,
                                    SHARE),
                            quiet("high", path.high(), Figures::points, SHARE),
                            quiet("low", path.low(), Figures::points, SHARE),
                            quiet(
                                    "n, units",
                                    series.units(),
                                    n -> Figures.count(Math.round(n)),
                                    "")),
                    List.of(
                            new ChartFrame.Rule(
                                    tolerance, "tolerance " + Figures.points(tolerance), Tone.BAD)),
                    marks(true),
                    NO_EVIDENCE);
        }

        ChartFrame eProcess() {
            List<ChartFrame.Rule> rollback = rollback();
            double line = rollback.stream().mapToDouble(ChartFrame.Rule::value).sum();
            YAxis y =
                    new YAxis(
                            new Range(-1, line + 0.5), new Range(-4, line + 4), 1, Builder::eValue);
            return new ChartFrame(
                    x(),
                    y,
                    rollback.stream()
                            .map(rule -> new ChartFrame.Zone(rule.value(), BEYOND, Tone.BAD))
                            .toList(),
                    List.of(),
                    List.of(
                            line(
                                    "e-value",
                                    series.of(guardrail.name()).logE(),
                                    candidate,
                                    Builder::eValue,
                                    "log10")),
                    rollback,
                    marks(false),
                    NO_EVIDENCE);
        }

        private static String eValue(double log) {
            return Figures.plain(Math.pow(10, log));
        }

        /** The line at which it is rolled back; none while the server has not said where it is. */
        private List<ChartFrame.Rule> rollback() {
            return guardrail.alpha() > 0
                    ? List.of(
                            new ChartFrame.Rule(
                                    -Math.log10(guardrail.alpha()),
                                    "rolled back at 1/α = " + Figures.plain(1 / guardrail.alpha()),
                                    Tone.BAD))
                    : List.of();
        }

        ChartFrame split() {
            YAxis y = YAxis.fromZero(0.1, 0.01, Figures::percent);
            return ChartFrame.ofLines(
                    x(),
                    y,
                    List.of(
                            new ChartFrame.Line(
                                    "asked",
                                    series.splitAsked(),
                                    MUTED,
                                    true,
                                    Figures::percent,
                                    SHARE),
                            line("seen", series.splitSeen(), candidate, Figures::percent, SHARE)),
                    marks(false),
                    "No units yet");
        }

        private List<ChartFrame.Mark> marks(boolean labelled) {
            EvidenceMarks all = new EvidenceMarks(rollout, overUnits ? this::unitsAt : at -> at);
            return labelled ? all.labelled() : all.steps();
        }

        /** Units of the candidate that had come by then, in seconds since the start. */
        private double unitsAt(double seconds) {
            int before = unitsOverTime.firstFrom(seconds) - 1;
            return before < 0 ? 0 : unitsOverTime.y(before);
        }

        private static ChartFrame.Line line(
                String name, Samples samples, Ink ink, DoubleFunction<String> value, String unit) {
            return new ChartFrame.Line(name, samples, ink, false, value, unit);
        }

        /** A value for the read-out only. */
        private static ChartFrame.Line quiet(
                String name, Samples samples, DoubleFunction<String> value, String unit) {
            return new ChartFrame.Line(name, samples, new Ink.Invisible(), false, value, unit);
        }

        private XAxis x() {
            Samples asked = series.splitAsked();
            double newest = asked.isEmpty() ? 0 : asked.x(asked.size() - 1);
            return overUnits
                    ? new XAxis(
                                    new Range(0, Math.max(200, newest)),
                                    0,
                                    units -> Figures.count(Math.round(units)))
                            .inColumn("units_of_candidate")
                    : new XAxis(new Range(0, Math.max(30, newest)), 0, Figures::clock)
                            .inColumn("seconds_since_start");
        }
    }
}
