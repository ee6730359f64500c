package dev.tidegate.workbench.rollout;

import dev.tidegate.workbench.control.Card;
import dev.tidegate.workbench.control.Chip;
import dev.tidegate.workbench.control.ColumnWidths;
import dev.tidegate.workbench.control.Explanation;
import dev.tidegate.workbench.control.FeedPane;
import dev.tidegate.workbench.control.Labels;
import dev.tidegate.workbench.control.LiveRows;
import dev.tidegate.workbench.control.Placeholder;
import dev.tidegate.workbench.fx.View;
import dev.tidegate.workbench.navigation.Navigation;
import dev.tidegate.workbench.navigation.Place;
import dev.tidegate.workbench.theme.Tone;
import java.util.List;
import java.util.function.Function;
import javafx.beans.property.ObjectProperty;
import javafx.scene.control.TableCell;
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
        TableColumn<ObjectProperty<RolloutListRow>, RolloutListRow> column =
                base(title, width, style);
        column.setCellFactory(
                _ ->
                        new TableCell<>() {
                            private final Explanation whole = new Explanation(this);

                            @Override
                            protected void updateItem(RolloutListRow row, boolean empty) {
                                super.updateItem(row, empty);
                                setText(empty || row == null ? "" : words.apply(row));
                                whole.say(empty || row == null ? "" : words.apply(row));
                            }
                        });
        return column;
    }

    private static TableColumn<ObjectProperty<RolloutListRow>, RolloutListRow> states() {
        TableColumn<ObjectProperty<RolloutListRow>, RolloutListRow> column =
                base("State", 150, "state-cell");
        column.setCellFactory(
                _ ->
                        new TableCell<>() {
                            private final Chip chip = new Chip(Tone.UNKNOWN, "");

                            @Override
                            protected void updateItem(RolloutListRow row, boolean empty) {
                                super.updateItem(row, empty);
                                if (empty || row == null) {
                                    setGraphic(null);
                                    return;
                                }
                                chip.show(row.tone(), row.state());
                                setGraphic(chip);
                            }
                        });
        return column;
    }

    private static TableColumn<ObjectProperty<RolloutListRow>, RolloutListRow> base(
            String title, double width, String style) {
        TableColumn<ObjectProperty<RolloutListRow>, RolloutListRow> column = LiveRows.column(title);
        column.getStyleClass().add(style);
        column.setMinWidth(Math.min(width, WORDS));
        column.setPrefWidth(width);
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
