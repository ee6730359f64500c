package dev.tidegate.workbench.shell;

import dev.tidegate.workbench.control.Icons;
import dev.tidegate.workbench.control.Labels;
import dev.tidegate.workbench.fx.View;
import dev.tidegate.workbench.navigation.Navigation;
import dev.tidegate.workbench.navigation.Place;
import java.util.List;
import javafx.beans.property.ReadOnlyLongProperty;
import javafx.css.PseudoClass;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import javafx.util.Subscription;

/** The screens that exist, and how many things wait on them. */
final class RailView implements View {
    private static final PseudoClass HERE = PseudoClass.getPseudoClass("here");

    private final Navigation navigation;
    private final ReadOnlyLongProperty waiting;
    private final Label badge = Labels.of("", "badge");
    private final Button overview;
    private final Button rollouts;
    private final Button models;
    private final Button playground;
    private final Button batches;
    private final VBox rail = new VBox(2);

    RailView(Navigation navigation, ReadOnlyLongProperty waiting, String address) {
        this.navigation = navigation;
        this.waiting = waiting;
        overview = item("rail-overview", "fth-grid", "Overview", new Place.Overview());
        rollouts = item("rail-rollouts", "fth-git-merge", "Rollouts", new Place.Rollouts(), badge);
        models = item("rail-models", "fth-box", "Models", new Place.Models());
        playground =
                item("rail-playground", "fth-terminal", "Playground", new Place.Playground("", ""));
        batches = item("rail-batches", "fth-layers", "Batch jobs", new Place.Batches());
        rail.getStyleClass().add("rail");
        rail.getChildren().addAll(brand(address), heading("OPERATE"), overview, rollouts);
        rail.getChildren().addAll(heading("MODELS"), models, playground, batches);
        badge.setManaged(false);
        badge.setVisible(false);
    }

    private static Region brand(String address) {
        HBox logo = new HBox(Icons.of("fth-activity"));
        logo.getStyleClass().add("brand-logo");
        VBox words = new VBox(Labels.of("Tidegate", "brand-name"), Labels.of(address, "subtle"));
        HBox brand = new HBox(12, logo, words);
        brand.getStyleClass().add("brand");
        return brand;
    }

    private static Label heading(String words) {
        return Labels.of(words, "rail-heading");
    }

    private Button item(String id, String icon, String name, Place place, Label... extras) {
        HBox row = new HBox(12, Icons.of(icon), Labels.of(name, "rail-name"), Labels.spacer());
        row.getStyleClass().add("row");
        row.getChildren().addAll(extras);
        Button button = new Button();
        button.setGraphic(row);
        button.setId(id);
        button.setAccessibleText(name);
        button.getStyleClass().add("rail-item");
        button.setMaxWidth(Double.MAX_VALUE);
        HBox.setHgrow(row, Priority.ALWAYS);
        row.prefWidthProperty().bind(button.widthProperty().subtract(24));
        button.setOnAction(_ -> navigation.go(place));
        return button;
    }

    @Override
    public Region node() {
        return rail;
    }

    @Override
    public Subscription bind() {
        return Subscription.combine(
                navigation.placeProperty().subscribe(this::mark),
                waiting.subscribe(count -> showBadge(count.longValue())));
    }

    private void mark(Place place) {
        Button here =
                switch (place) {
                    case Place.Overview _ -> overview;
                    case Place.Rollouts _, Place.OneRollout _ -> rollouts;
                    case Place.Models _, Place.OneModel _ -> models;
                    case Place.Playground _ -> playground;
                    case Place.Batches _ -> batches;
                };
        List.of(overview, rollouts, models, playground, batches)
                .forEach(button -> button.pseudoClassStateChanged(HERE, button == here));
    }

    private void showBadge(long count) {
        badge.setText(Long.toString(count));
        badge.setVisible(count > 0);
        badge.setManaged(count > 0);
        rollouts.setAccessibleText(
                count > 0 ? "Rollouts, " + count + " waiting for your approval" : "Rollouts");
    }
}
