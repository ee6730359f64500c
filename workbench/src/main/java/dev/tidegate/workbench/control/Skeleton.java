package dev.tidegate.workbench.control;

import javafx.animation.PauseTransition;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import javafx.util.Duration;

/**
 * Grey bars in the shape of what is coming; they appear only when loading takes longer than a
 * blink.
 */
public final class Skeleton extends VBox {
    private static final Duration PATIENCE = Duration.millis(150);

    public Skeleton(int rows) {
        super(14);
        getStyleClass().add("skeleton");
        setAccessibleText("Loading");
        for (int row = 0; row < rows; row++) {
            Region bar = new Region();
            bar.getStyleClass().add("skeleton-bar");
            bar.setMinHeight(14);
            bar.maxWidthProperty().bind(widthProperty().multiply(row % 3 == 2 ? 0.6 : 0.92));
            getChildren().add(bar);
        }
        setVisible(false);
        PauseTransition wait = new PauseTransition(PATIENCE);
        wait.setOnFinished(_ -> setVisible(true));
        wait.play();
    }
}
