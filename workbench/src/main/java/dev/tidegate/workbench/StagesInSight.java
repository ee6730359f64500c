package dev.tidegate.workbench;

import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;
import javafx.collections.ListChangeListener;
import javafx.collections.ObservableList;
import javafx.stage.Stage;
import javafx.stage.Window;
import javafx.util.Subscription;

/** Tells whether nobody can see any stage, because all that are open are iconified. */
final class StagesInSight {
    private final ObservableList<Window> windows;
    private final Consumer<Boolean> onHidden;
    private final Map<Stage, Subscription> followed = new HashMap<>();

    private StagesInSight(ObservableList<Window> windows, Consumer<Boolean> onHidden) {
        this.windows = windows;
        this.onHidden = onHidden;
    }

    /**
     * Follows the open windows until unsubscribed.
     *
     * @param onHidden gets true when the last stage is iconified, and false when one is back
     */
    static Subscription follow(ObservableList<Window> windows, Consumer<Boolean> onHidden) {
        StagesInSight stages = new StagesInSight(windows, onHidden);
        ListChangeListener<Window> listener = _ -> stages.followAll();
        windows.addListener(listener);
        stages.followAll();
        return Subscription.combine(() -> windows.removeListener(listener), stages::leaveAll);
    }

    private void followAll() {
        leaveAll();
        for (Window window : windows) {
            if (window instanceof Stage stage) {
                followed.put(stage, stage.iconifiedProperty().subscribe(() -> tell()));
            }
        }
        tell();
    }

    private void leaveAll() {
        followed.values().forEach(Subscription::unsubscribe);
        followed.clear();
    }

    private void tell() {
        onHidden.accept(
                !followed.isEmpty() && followed.keySet().stream().allMatch(Stage::isIconified));
    }
}
