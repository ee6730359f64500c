package dev.tidegate.workbench.fleet;

import dev.tidegate.workbench.control.Labels;
import dev.tidegate.workbench.control.Sparkline;
import dev.tidegate.workbench.theme.ChartPalette;
import javafx.beans.value.ObservableValue;
import javafx.scene.control.Label;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;

/** One large number on a card. */
final class FigureCard extends VBox {
    private final Label title = Labels.of("", "muted");
    private final Label basis = Labels.of("", "subtle");
    private final Label number = Labels.of("", "figure");
    private final Label unit = Labels.of("", "unit");
    private final Sparkline trend;

    FigureCard(ObservableValue<ChartPalette> palette) {
        getStyleClass().addAll("card", "figure-card");
        trend = new Sparkline(palette);
        HBox value = new HBox(6, number, unit);
        value.getStyleClass().add("figure-value");
        number.setMinWidth(USE_PREF_SIZE);
        unit.setMinWidth(USE_PREF_SIZE);
        HBox foot = new HBox(12, value, trend);
        foot.getStyleClass().add("figure-foot");
        HBox.setHgrow(trend, Priority.ALWAYS);
        trend.setMinWidth(0);
        trend.setPrefWidth(0);
        getChildren().addAll(title, foot, basis);
        HBox.setHgrow(this, Priority.ALWAYS);
        setMaxWidth(Double.MAX_VALUE);
    }

    void show(Figure figure) {
        title.setText(figure.title());
        number.setText(figure.number());
        unit.setText(figure.unit());
        basis.setText(figure.basis());
        trend.show(figure.trend());
        setAccessibleText(
                figure.title()
                        + " "
                        + figure.number()
                        + " "
                        + figure.unit()
                        + ", "
                        + figure.basis());
    }
}
