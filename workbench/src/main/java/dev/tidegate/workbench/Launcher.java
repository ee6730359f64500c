package dev.tidegate.workbench;

import javafx.application.Application;

/** Entry point that is no {@link Application}, so that JavaFX may stand on the class path. */
public final class Launcher {
    private Launcher() {}

    public static void main(String[] args) {
        Application.launch(WorkbenchApplication.class, args);
    }
}
