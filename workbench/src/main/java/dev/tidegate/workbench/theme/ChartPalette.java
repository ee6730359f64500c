package dev.tidegate.workbench.theme;

import java.util.List;
import java.util.stream.IntStream;
import javafx.scene.paint.Color;

/**
 * The colours that canvases paint with, since a canvas does not see CSS; taken from the theme's
 * tokens.
 */
public record ChartPalette(
        Color ground,
        Color raised,
        Color border,
        Color grid,
        Color text,
        Color muted,
        Color accent,
        Color calm,
        Color good,
        Color watch,
        Color bad,
        Color unknown,
        List<Color> arms) {

    public ChartPalette {
        arms = List.copyOf(arms);
    }

    static ChartPalette from(ThemeTokens tokens) {
        return new ChartPalette(
                Color.web(tokens.hex("card")),
                Color.web(tokens.hex("raised")),
                Color.web(tokens.hex("border")),
                Color.web(tokens.hex("grid")),
                Color.web(tokens.hex("text")),
                Color.web(tokens.hex("muted")),
                Color.web(tokens.hex("accent")),
                Color.web(tokens.hex("calm")),
                Color.web(tokens.hex("good")),
                Color.web(tokens.hex("watch")),
                Color.web(tokens.hex("bad")),
                Color.web(tokens.hex("unknown")),
                IntStream.range(0, ArmColours.COUNT)
                        .mapToObj(arm -> Color.web(tokens.hex("arm-" + arm)))
                        .toList());
    }

    public Color arm(int index) {
        return arms.get(Math.floorMod(index, arms.size()));
    }

    public Color tone(Tone tone) {
        return switch (tone) {
            case CALM -> calm;
            case GOOD -> good;
            case WATCH -> watch;
            case BAD -> bad;
            case UNKNOWN -> unknown;
        };
    }
}
