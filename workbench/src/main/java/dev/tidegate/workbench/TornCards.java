package dev.tidegate.workbench;

import dev.tidegate.workbench.control.TearOffEvent;
import dev.tidegate.workbench.fx.View;
import dev.tidegate.workbench.theme.Look;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import javafx.beans.value.ObservableValue;
import javafx.scene.Scene;
import javafx.scene.input.KeyCode;
import javafx.scene.layout.StackPane;
import javafx.stage.Stage;
import javafx.util.Subscription;

/**
 * Cards in windows of their own. Each has its own live view, so it goes on whatever the main window
 * shows; all close with it.
 */
final class TornCards {
    private static final double WIDTH = 760;
    private static final double HEIGHT = 520;

    private final ObservableValue<Look> look;
    private final String server;
    private final List<Stage> open = new ArrayList<>();

    TornCards(ObservableValue<Look> look, String server) {
        this.look = look;
        this.server = server;
    }

    /** Opens a window with only this card of the view. */
    void open(TearOffEvent torn, Supplier<View> views) {
        View view = views.get();
        view.showOnly(torn.card());
        StackPane root = new StackPane(view.node());
        root.getStyleClass().addAll("shell", "torn");
        Scene scene = new Scene(root, WIDTH, HEIGHT);
        Stage stage = new Stage();
        stage.setTitle(torn.title() + " · " + server);
        stage.setScene(scene);
        Subscription bound =
                Subscription.combine(
                        view.bind(), look.subscribe(next -> next.theme().applyTo(scene)));
        stage.setOnHidden(
                _ -> {
                    bound.unsubscribe();
                    open.remove(stage);
                });
        scene.setOnKeyPressed(
                key -> {
                    if (key.isShortcutDown() && key.getCode() == KeyCode.W) {
                        stage.close();
                    }
                });
        open.add(stage);
        stage.show();
    }

    void closeAll() {
        List.copyOf(open).forEach(Stage::close);
    }
}
