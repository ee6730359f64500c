package dev.tidegate.workbench.rollout;

import dev.tidegate.workbench.control.Card;
import dev.tidegate.workbench.control.Chip;
import dev.tidegate.workbench.control.ColumnWidths;
import dev.tidegate.workbench.control.FeedPane;
import dev.tidegate.workbench.control.Labels;
import dev.tidegate.workbench.control.LiveColumns;
import dev.tidegate.workbench.control.LiveRows;
import dev.tidegate.workbench.control.Placeholder;
import dev.tidegate.workbench.fx.View;
import dev.tidegate.workbench.navigation.Navigation;
import dev.tidegate.workbench.navigation.Place;
import dev.tidegate.workbench.theme.Tone;
import java.util.List;
import java.util.function.Function;
import javafx.beans.property.ObjectProperty;
import javafx.scene.control.TableColumn;
import javafx.scene.control.TableView;
import javafx.scene.input.KeyCode;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import javafx.util.Subscription;

/** The list of all rollouts. */
public final class RolloutListView implements View {
    /** The most that a column needs before its words, which a tooltip has too, may be cut. */
    private static final double WORDS = 140;

    /** Width of the table, in pixels, from which the one who started it fits too. */
    private static final double WIDE = 960;

    private final RolloutListViewModel model;
    private final Navigation navigation;
    private final LiveRows<RolloutListRow> rows = new LiveRows<>();
    private final TableView<ObjectProperty<RolloutListRow>> table = rows.table();
    private final FeedPane pane;

    public RolloutListView(
            RolloutListViewModel model, Navigation navigation, ColumnWidths columns) {
        this.model = model;
        this.navigation = navigation;
        table.setId("rollout-table");
        table.getStyleClass().add("dense-table");
        table.setFixedCellSize(36);
        table.setColumnResizePolicy(TableView.CONSTRAINED_RESIZE_POLICY_FLEX_LAST_COLUMN);
        table.setPlaceholder(
                Placeholder.empty(
                        "No rollout yet",
                        "Start one: tidegate rollout start MODEL --candidate VERSION"));
        table.getColumns().add(words("Model", 130, RolloutListRow::model, "strong-cell"));
        table.getColumns().add(words("Versions", 110, RolloutListRow::arms, "mono-cell"));
        table.getColumns().add(states());
        table.getColumns().add(words("Weight %", 92, RolloutListRow::weight, "number-cell"));
        table.getColumns().add(words("Started", 150, RolloutListRow::started, "mono-cell"));
        table.getColumns().add(words("Took", 80, RolloutListRow::took, "number-cell"));
        TableColumn<ObjectProperty<RolloutListRow>, RolloutListRow> by =
                words("Started by", 140, RolloutListRow::startedBy, "name-cell");
        table.getColumns().add(by);
        table.widthProperty().subscribe(width -> by.setVisible(width.doubleValue() >= WIDE));
        table.getColumns().add(words("Why", 420, RolloutListRow::reason, "name-cell"));
        columns.follow(table);
        table.setOnKeyPressed(
                event -> {
                    if (event.getCode() == KeyCode.ENTER) {
                        open();
                    }
                });
        table.setOnMouseClicked(
                event -> {
                    if (event.getClickCount() == 2) {
                        open();
                    }
                });
        Card card =
                Card.flush(
                        "Rollouts, newest first",
                        Labels.of("double-click or Enter opens one", "subtle"));
        card.getChildren().add(table);
        VBox.setVgrow(table, Priority.ALWAYS);
        VBox.setVgrow(card, Priority.ALWAYS);
        VBox page = new VBox(card);
        page.getStyleClass().add("page");
        pane = new FeedPane("rollouts", page);
    }

    private void open() {
        LiveRows.selected(table).ifPresent(row -> navigation.go(new Place.OneRollout(row.id())));
    }

    private static TableColumn<ObjectProperty<RolloutListRow>, RolloutListRow> words(
            String title, double width, Function<RolloutListRow, String> words, String style) {
        return sized(LiveColumns.words(title, width, style, words));
    }

    private static TableColumn<ObjectProperty<RolloutListRow>, RolloutListRow> states() {
        return sized(
                LiveColumns.nodes(
                        "State",
                        150,
                        "state-cell",
                        () -> new Chip(Tone.UNKNOWN, ""),
                        (chip, row) -> chip.show(row.tone(), row.state())));
    }

    private static TableColumn<ObjectProperty<RolloutListRow>, RolloutListRow> sized(
            TableColumn<ObjectProperty<RolloutListRow>, RolloutListRow> column) {
        column.setMinWidth(Math.min(column.getPrefWidth(), WORDS));
        return column;
    }

    @Override
    public Region node() {
        return pane.node();
    }

    @Override
    public void showOnly(String card) {
        pane.showOnly(card);
    }

    @Override
    public Subscription bind() {
        return Subscription.combine(
                model.start(),
                pane.bind(model.feedProperty()),
                model.feedProperty().subscribe(feed -> feed.newest().ifPresent(this::show)));
    }

    private void show(List<Rollout> rollouts) {
        rows.show(rollouts.stream().map(RolloutListRow::of).toList());
    }
}
