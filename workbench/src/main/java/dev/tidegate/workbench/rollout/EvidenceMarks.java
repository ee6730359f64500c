package dev.tidegate.workbench.rollout;

import dev.tidegate.workbench.chart.ChartFrame;
import dev.tidegate.workbench.theme.Tone;
import java.util.List;
import java.util.function.DoubleUnaryOperator;

/** A rollout's events as marks over the seconds since its start, or what x stands for them. */
final class EvidenceMarks {
    private final Rollout rollout;
    private final DoubleUnaryOperator xOf;

    /**
     * @param xOf the x of so many seconds since the start
     */
    EvidenceMarks(Rollout rollout, DoubleUnaryOperator xOf) {
        this.rollout = rollout;
        this.xOf = xOf;
    }

    /** All events with their words. */
    List<ChartFrame.Mark> labelled() {
        return rollout.events().stream().map(event -> mark(event, words(event))).toList();
    }

    /** Only the steps, without words. */
    List<ChartFrame.Mark> steps() {
        return rollout.events().stream()
                .filter(event -> event.kind().equals("step"))
                .map(event -> mark(event, ""))
                .toList();
    }

    static String words(Rollout.Event event) {
        return switch (event.kind()) {
            case "step" -> event.label();
            case "start" -> "started by " + event.label();
            case "promotion" -> "promoted";
            case "rollback" -> "rolled back";
            case "gap" -> "evidence gap";
            case "approval" ->
                    event.label().equals("asked for")
                            ? "approval asked for"
                            : "approved by " + event.label();
            default -> event.kind() + " " + event.label();
        };
    }

    static Tone tone(Rollout.Event event) {
        return switch (event.kind()) {
            case "step", "start" -> Tone.CALM;
            case "promotion", "approval" -> Tone.GOOD;
            case "rollback" -> Tone.BAD;
            default -> Tone.WATCH;
        };
    }

    private ChartFrame.Mark mark(Rollout.Event event, String label) {
        double seconds = (event.at().toEpochMilli() - rollout.startedAt().toEpochMilli()) / 1000.0;
        boolean line = event.kind().equals("step") || event.kind().equals("rollback");
        return new ChartFrame.Mark(xOf.applyAsDouble(seconds), label, tone(event), !line);
    }
}
