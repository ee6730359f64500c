package dev.tidegate.workbench.chart;

import dev.tidegate.workbench.theme.ChartPalette;
import dev.tidegate.workbench.theme.Tone;
import javafx.scene.paint.Color;

/** What a thing on a chart is drawn as; the theme says which colour that is. */
public sealed interface Ink {
    /** The colour of an arm, by its index. */
    record Arm(int index) implements Ink {}

    record State(Tone tone) implements Ink {}

    record Muted() implements Ink {}

    /** Not drawn at all: only the read-out names its values. */
    record Invisible() implements Ink {}

    default Color in(ChartPalette palette) {
        return switch (this) {
            case Arm arm -> palette.arm(arm.index());
            case State state -> palette.tone(state.tone());
            case Muted _ -> palette.muted();
            case Invisible _ -> Color.TRANSPARENT;
        };
    }
}
