package dev.tidegate.workbench.fleet;

import dev.tidegate.workbench.chart.ChartLink;
import dev.tidegate.workbench.chart.TimeChart;
import dev.tidegate.workbench.control.Card;
import dev.tidegate.workbench.control.Labels;
import dev.tidegate.workbench.control.Legend;
import dev.tidegate.workbench.fx.View;
import dev.tidegate.workbench.theme.ChartPalette;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.value.ObservableValue;
import javafx.scene.control.Label;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import javafx.util.Subscription;
import org.jspecify.annotations.Nullable;

/** Request rate, error rate and latency side by side, with one cross-hair. */
final class FleetChartsRow implements View {
    private final ReadOnlyObjectProperty<@Nullable FleetCharts> charts;
    private final ChartLink link = new ChartLink();
    private final TimeChart rate;
    private final TimeChart errors;
    private final TimeChart latency;
    private final Legend legend = new Legend();
    private final HBox row = new HBox(16);

    FleetChartsRow(
            ReadOnlyObjectProperty<@Nullable FleetCharts> charts,
            ObservableValue<ChartPalette> palette) {
        this.charts = charts;
        rate = new TimeChart("chart-rate", "Request rate by version", link, palette);
        errors = new TimeChart("chart-errors", "Error rate by version", link, palette);
        latency = new TimeChart("chart-latency", "Latency p95 by version", link, palette);
        row.getChildren()
                .addAll(
                        card("Request rate", "requests /s", rate),
                        card("Error rate", "%, over " + VersionHistory.WINDOW + " s", errors),
                        card("Latency p95", "ms, each second", latency));
        VBox.setVgrow(row, Priority.ALWAYS);
    }

    private static Card card(String title, String unit, TimeChart chart) {
        Label words = Labels.of(unit, "muted");
        Card card = new Card(title, words);
        card.getChildren().add(chart.node());
        card.getStyleClass().add("chart-card");
        card.setMinWidth(0);
        card.setPrefWidth(100);
        VBox.setVgrow(chart.node(), Priority.ALWAYS);
        HBox.setHgrow(card, Priority.ALWAYS);
        return card;
    }

    Legend legend() {
        return legend;
    }

    @Override
    public Region node() {
        return row;
    }

    @Override
    public Subscription bind() {
        return Subscription.combine(
                rate.bind(), errors.bind(), latency.bind(), charts.subscribe(this::show));
    }

    private void show(@Nullable FleetCharts frames) {
        if (frames != null) {
            rate.show(frames.rate());
            errors.show(frames.errors());
            latency.show(frames.latency());
            legend.show(frames.legend());
        }
    }
}
