package dev.tidegate.workbench.model;

import dev.tidegate.workbench.connection.Feed;
import dev.tidegate.workbench.control.Card;
import dev.tidegate.workbench.control.CardFeed;
import dev.tidegate.workbench.control.Figures;
import dev.tidegate.workbench.control.Labels;
import dev.tidegate.workbench.control.LiveColumns;
import dev.tidegate.workbench.control.LiveRows;
import dev.tidegate.workbench.control.Placeholder;
import dev.tidegate.workbench.control.Segments;
import dev.tidegate.workbench.control.WeightBar;
import dev.tidegate.workbench.fx.View;
import dev.tidegate.workbench.theme.ChartPalette;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;
import java.util.stream.IntStream;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.SimpleObjectProperty;
import javafx.beans.value.ObservableValue;
import javafx.scene.control.Label;
import javafx.scene.control.TableColumn;
import javafx.scene.control.TableView;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import javafx.util.Subscription;

/** Where the time of answered requests goes, version by version: as figures and as one bar each. */
final class StagesCard implements View {
    private static final List<Stage> STAGES =
            List.of(
                    new Stage("Read", StageMeans::readMicros),
                    new Stage("Queue", StageMeans::queueMicros),
                    new Stage("Compute", StageMeans::computeMicros),
                    new Stage("Encode", StageMeans::encodeMicros));

    private final LiveRows<Line> rows = new LiveRows<>();
    private final TableView<ObjectProperty<Line>> table = rows.table();
    private final Label basis = Labels.of("", "subtle");
    private final ObjectProperty<Boolean> overTime = new SimpleObjectProperty<>(false);
    private final Segments<Boolean> mode =
            new Segments<>(
                    "stages-mode",
                    List.of(false, true),
                    time -> time ? "over time" : "by version",
                    overTime);
    private final StagesChart chart;
    private final VBox content;
    private final CardFeed feed;
    private final Card card =
            Card.flush("Where the time goes", basis, Labels.spacer(), mode.node());
    private Feed<Stages> shown = new Feed.Waiting<>();
    private String version = "";

    /** A part of the time. */
    private record Stage(String name, Function<StageMeans, Double> micros) {}

    /** A version's means, and the greatest total that any has. */
    private record Line(StageMeans means, double greatest) {}

    StagesCard(ObservableValue<ChartPalette> palette) {
        chart = new StagesChart(palette);
        table.setId("stage-table");
        table.getStyleClass().add("dense-table");
        table.setFixedCellSize(36);
        table.setMinHeight(30 + 36 * 2);
        table.setPrefHeight(30 + 36 * 3);
        table.setColumnResizePolicy(TableView.CONSTRAINED_RESIZE_POLICY_FLEX_LAST_COLUMN);
        table.setAccessibleText("Mean microseconds of each stage by version");
        table.setPlaceholder(
                Placeholder.empty("No version in memory", "Load one, or make one the champion"));
        words("Version", 110, "strong-cell", line -> line.means().version());
        words("Requests", 100, "number-cell", line -> Figures.count(line.means().requests()));
        for (Stage stage : STAGES) {
            words(
                    stage.name() + " µs",
                    96,
                    "number-cell",
                    line -> Figures.plain(stage.micros().apply(line.means())));
        }
        words("Together µs", 110, "number-cell", line -> Figures.plain(line.means().totalMicros()));
        bars();
        content = new VBox(legend(), table);
        feed = new CardFeed("stages-problem", content);
        card.getChildren().add(feed.node());
    }

    private static HBox legend() {
        HBox legend = new HBox(16);
        legend.getStyleClass().addAll("row", "stage-legend");
        for (int i = 0; i < STAGES.size(); i++) {
            Region dot = new Region();
            dot.getStyleClass().addAll("dot", "arm-fill-" + i);
            HBox entry = new HBox(6, dot, Labels.of(STAGES.get(i).name(), "muted"));
            entry.getStyleClass().add("row");
            legend.getChildren().add(entry);
        }
        return legend;
    }

    private void words(String title, double width, String style, Function<Line, String> words) {
        add(LiveColumns.words(title, width, style, words, line -> explained(line.means())));
    }

    private static String explained(StageMeans means) {
        return means.requests() == 0
                ? means.version() + " answered nothing in this time"
                : "Mean over the "
                        + Figures.counted(means.requests(), "request", "requests")
                        + " that "
                        + means.version()
                        + " answered in this time";
    }

    private void bars() {
        add(LiveColumns.nodes("Of the slowest", 240, "bar-cell", WeightBar::new, StagesCard::draw));
    }

    private static void draw(WeightBar bar, Line line) {
        bar.show(line.means().requests() == 0 ? List.of() : pieces(line));
    }

    private static List<WeightBar.Piece> pieces(Line line) {
        return IntStream.range(0, STAGES.size())
                .mapToObj(
                        i ->
                                new WeightBar.Piece(
                                        STAGES.get(i).name(),
                                        STAGES.get(i).micros().apply(line.means())
                                                / line.greatest(),
                                        i))
                .toList();
    }

    private void add(TableColumn<ObjectProperty<Line>, Line> column) {
        column.setMinWidth(Math.min(column.getPrefWidth(), 100));
        table.getColumns().add(column);
    }

    @Override
    public Region node() {
        return card;
    }

    @Override
    public Subscription bind() {
        return Subscription.combine(
                chart.bind(), mode.bind(), overTime.subscribe(_ -> switchMode()));
    }

    private void switchMode() {
        content.getChildren().set(1, overTime.get() ? chart.node() : table);
        shown.newest().ifPresent(this::draw);
    }

    void show(Feed<Stages> next) {
        shown = next;
        feed.show(next, this::draw);
    }

    /** Shows this version over time from now on. */
    void about(String next) {
        version = next;
        shown.newest().ifPresent(this::draw);
    }

    private void draw(Stages stages) {
        if (overTime.get()) {
            basis.setText(
                    "mean µs of %s, reading by reading, on the replica that this workbench asks"
                            .formatted(version));
            chart.show(stages, version);
        } else {
            draw(stages.means(), stages.window());
        }
    }

    private void draw(List<StageMeans> stages, Duration window) {
        basis.setText(
                window.toSeconds() == 0
                        ? "on the replica that this workbench asks"
                        : "means of the last %s, on the replica that this workbench asks"
                                .formatted(Figures.about(window)));
        double greatest =
                stages.stream()
                        .filter(means -> means.requests() > 0)
                        .mapToDouble(StageMeans::totalMicros)
                        .max()
                        .orElse(1);
        rows.show(
                stages.stream()
                        .sorted(Comparator.comparing(StageMeans::version).reversed())
                        .map(means -> new Line(means, greatest))
                        .toList());
    }
}
