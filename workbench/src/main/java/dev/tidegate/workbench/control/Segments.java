package dev.tidegate.workbench.control;

import dev.tidegate.workbench.fx.View;
import java.util.List;
import java.util.function.Function;
import javafx.beans.property.ObjectProperty;
import javafx.scene.control.Toggle;
import javafx.scene.control.ToggleButton;
import javafx.scene.control.ToggleGroup;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Region;
import javafx.util.Subscription;

/** Choices side by side, of which always one is chosen. */
public final class Segments<T> implements View {
    private final ToggleGroup group = new ToggleGroup();
    private final HBox box = new HBox();
    private final ObjectProperty<T> value;

    /** The id of each button is the prefix with the choice's place. */
    public Segments(
            String id, List<T> choices, Function<T, String> label, ObjectProperty<T> value) {
        this.value = value;
        box.getStyleClass().add("segmented");
        box.setMaxWidth(Region.USE_PREF_SIZE);
        box.setMinWidth(Region.USE_PREF_SIZE);
        for (int i = 0; i < choices.size(); i++) {
            T choice = choices.get(i);
            ToggleButton button = new ToggleButton(label.apply(choice));
            button.setId(id + "-" + i);
            button.setUserData(choice);
            button.setToggleGroup(group);
            button.setOnAction(_ -> choose(choice));
            box.getChildren().add(button);
        }
    }

    private void choose(T choice) {
        value.set(choice);
        show(choice);
    }

    @Override
    public Region node() {
        return box;
    }

    @Override
    public Subscription bind() {
        return value.subscribe(this::show);
    }

    private void show(T choice) {
        for (Toggle toggle : group.getToggles()) {
            toggle.setSelected(choice.equals(toggle.getUserData()));
        }
    }
}
