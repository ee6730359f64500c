package dev.tidegate.workbench;

import javafx.application.Application;
import javafx.scene.Scene;
import javafx.scene.layout.StackPane;
import javafx.stage.Stage;

/** The workbench's window. */
public final class WorkbenchApplication extends Application {
    @Override
    public void start(Stage stage) {
        stage.setTitle("Tidegate");
        stage.setScene(new Scene(new StackPane(), 1480, 940));
        stage.show();
    }
}
