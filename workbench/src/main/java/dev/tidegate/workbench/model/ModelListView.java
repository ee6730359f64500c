package dev.tidegate.workbench.model;

import dev.tidegate.workbench.control.Card;
import dev.tidegate.workbench.control.ColumnWidths;
import dev.tidegate.workbench.control.FeedPane;
import dev.tidegate.workbench.control.Labels;
import dev.tidegate.workbench.control.LiveColumns;
import dev.tidegate.workbench.control.LiveRows;
import dev.tidegate.workbench.control.Placeholder;
import dev.tidegate.workbench.fx.View;
import dev.tidegate.workbench.navigation.Navigation;
import dev.tidegate.workbench.navigation.Place;
import java.util.function.Function;
import javafx.beans.property.ObjectProperty;
import javafx.scene.control.TableColumn;
import javafx.scene.control.TableView;
import javafx.scene.input.KeyCode;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import javafx.util.Subscription;

/** The list of all models, also of those that nobody asks. */
public final class ModelListView implements View {
    private final ModelListViewModel model;
    private final Navigation navigation;
    private final LiveRows<RegisteredModel> rows = new LiveRows<>();
    private final TableView<ObjectProperty<RegisteredModel>> table = rows.table();
    private final FeedPane pane;

    public ModelListView(ModelListViewModel model, Navigation navigation, ColumnWidths columns) {
        this.model = model;
        this.navigation = navigation;
        table.setId("models-table");
        table.getStyleClass().add("dense-table");
        table.setFixedCellSize(36);
        table.setColumnResizePolicy(TableView.CONSTRAINED_RESIZE_POLICY_FLEX_LAST_COLUMN);
        table.setPlaceholder(
                Placeholder.empty(
                        "No model yet",
                        "Register one: tidegate model register NAME FILE.onnx --alias champion"));
        words("Model", 220, "strong-cell", RegisteredModel::name);
        words("Champion", 140, "mono-cell", ModelListView::champion);
        words("Versions", 100, "number-cell", each -> Integer.toString(each.versions().size()));
        words("In memory here", 140, "number-cell", each -> Long.toString(each.loaded()));
        words("Newest", 140, "mono-cell", ModelListView::newest);
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
        Card card = Card.flush("Models", Labels.of("double-click or Enter opens one", "subtle"));
        card.getChildren().add(table);
        VBox.setVgrow(table, Priority.ALWAYS);
        VBox.setVgrow(card, Priority.ALWAYS);
        VBox page = new VBox(card);
        page.getStyleClass().add("page");
        pane = new FeedPane("models", page);
    }

    private static String champion(RegisteredModel model) {
        return model.champion().map(ServedVersion::version).orElse("none");
    }

    private static String newest(RegisteredModel model) {
        return model.versions().isEmpty() ? "" : model.versions().getLast().version();
    }

    private void open() {
        LiveRows.selected(table).ifPresent(row -> navigation.go(new Place.OneModel(row.name())));
    }

    private void words(
            String title, double width, String style, Function<RegisteredModel, String> words) {
        TableColumn<ObjectProperty<RegisteredModel>, RegisteredModel> column =
                LiveColumns.words(title, width, style, words);
        column.setMinWidth(Math.min(width, 100));
        table.getColumns().add(column);
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
                model.feedProperty().subscribe(feed -> feed.newest().ifPresent(rows::show)));
    }
}
