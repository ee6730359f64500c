package dev.tidegate.archsamples.fx;

import javafx.application.Platform;

/** May go to the FX thread. */
record Door(Runnable work) {
    void enter() {
        Platform.runLater(work);
    }
}
