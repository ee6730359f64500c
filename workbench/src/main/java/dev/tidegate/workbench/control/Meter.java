package dev.tidegate.workbench.control;

import javafx.scene.layout.Region;

/** A thin bar that fills from the left. */
public final class Meter extends Region {
    private final Region track = new Region();
    private final Region fill = new Region();
    private double share;

    public Meter() {
        getStyleClass().add("meter");
        track.getStyleClass().add("meter-track");
        fill.getStyleClass().add("meter-fill");
        getChildren().addAll(track, fill);
        setMinWidth(40);
    }

    /** Fills this share of the bar, from 0 to 1. */
    public void show(double next, String accessible) {
        share = Math.clamp(next, 0, 1);
        getStyleClass().remove("full");
        if (share >= 1) {
            getStyleClass().add("full");
        }
        setAccessibleText(accessible);
        requestLayout();
    }

    @Override
    protected void layoutChildren() {
        track.resizeRelocate(0, 0, getWidth(), getHeight());
        fill.resizeRelocate(0, 0, getWidth() * share, getHeight());
    }
}
