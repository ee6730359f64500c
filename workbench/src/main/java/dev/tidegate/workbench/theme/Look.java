package dev.tidegate.workbench.theme;

/** A theme with the colours that canvases need of it. */
public record Look(Theme theme, ChartPalette palette) {
    public static Look of(Theme theme) {
        return new Look(theme, ChartPalette.from(theme.tokens()));
    }
}
