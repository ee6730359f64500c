package dev.tidegate.workbench.fx;

import java.util.concurrent.Executor;
import javafx.application.Platform;

/** Runs work on the JavaFX thread: at once when already there, else later. */
public final class FxThread implements Executor {
    @Override
    public void execute(Runnable work) {
        if (Platform.isFxApplicationThread()) {
            work.run();
        } else {
            Platform.runLater(work);
        }
    }
}
