package dev.tidegate.workbench.fleet;

import dev.tidegate.workbench.connection.Feed;
import dev.tidegate.workbench.control.Card;
import dev.tidegate.workbench.control.ColumnWidths;
import dev.tidegate.workbench.control.FeedPane;
import dev.tidegate.workbench.control.Icons;
import dev.tidegate.workbench.control.Labels;
import dev.tidegate.workbench.control.Segments;
import dev.tidegate.workbench.fx.View;
import dev.tidegate.workbench.navigation.Navigation;
import dev.tidegate.workbench.navigation.Place;
import dev.tidegate.workbench.theme.ChartPalette;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import javafx.beans.value.ObservableValue;
import javafx.collections.ListChangeListener;
import javafx.scene.control.Label;
import javafx.scene.input.KeyCode;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import javafx.util.Subscription;

/** The overview: the state in words, what waits, all models, and their live traffic. */
public final class OverviewView implements View {
    private final FleetViewModel model;
    private final Navigation navigation;
    private final HBox sentence = new HBox(8);
    private final HBox figures = new HBox(16);
    private final ObservableValue<ChartPalette> palette;
    private final ModelTable table;
    private final OpenRolloutsCard openRollouts;
    private final FleetChartsRow charts;
    private final Label chartsTitle = Labels.of("", "section-title");
    private final Segments<TimeSpan> spans;
    private final FeedPane pane;

    public OverviewView(
            FleetViewModel model,
            Navigation navigation,
            ColumnWidths columns,
            ObservableValue<ChartPalette> palette) {
        this.model = model;
        this.navigation = navigation;
        this.palette = palette;
        table = new ModelTable(model.rows(), palette);
        columns.follow(table.node());
        openRollouts = new OpenRolloutsCard(model.openRollouts(), navigation);
        charts = new FleetChartsRow(model.chartsProperty(), palette);
        spans =
                new Segments<>(
                        "span",
                        Arrays.asList(TimeSpan.values()),
                        TimeSpan::label,
                        model.spanProperty());
        sentence.getStyleClass().addAll("row", "sentence");
        sentence.setId("fleet-sentence");
        pane = new FeedPane("overview", content());
        table.node()
                .setOnKeyPressed(
                        event -> {
                            if (event.getCode() == KeyCode.ENTER) {
                                openChosen();
                            }
                        });
        table.node()
                .setOnMouseClicked(
                        event -> {
                            if (event.getClickCount() == 2) {
                                openChosen();
                            }
                        });
    }

    private Region content() {
        Card models =
                Card.flush(
                        "Models",
                        Labels.of(
                                "double-click or Enter opens the rollout, or the model when none is open",
                                "subtle"));
        models.getChildren().add(table.node());
        HBox head = new HBox(16, chartsTitle, charts.legend(), Labels.spacer(), spans.node());
        head.getStyleClass().add("row");
        HBox.setHgrow(charts.legend(), Priority.SOMETIMES);
        VBox left = new VBox(16, figures, models);
        HBox.setHgrow(left, Priority.ALWAYS);
        left.setMinWidth(0);
        openRollouts.node().setMinWidth(288);
        openRollouts.node().setPrefWidth(300);
        openRollouts.node().setMaxWidth(300);
        HBox upper = new HBox(16, left, openRollouts.node());
        VBox page = new VBox(16, sentence, upper, head, charts.node());
        page.getStyleClass().add("page");
        return page;
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
        ListChangeListener<Figure> figureListener = _ -> showFigures();
        model.figures().addListener(figureListener);
        showFigures();
        return Subscription.combine(
                pane.bind(model.feedProperty()),
                model.feedProperty().subscribe(this::showSentence),
                model.chosenProperty()
                        .subscribe(name -> chartsTitle.setText("Live traffic of " + name)),
                table.bind(),
                table.node().getSelectionModel().selectedItemProperty().subscribe(_ -> choose()),
                openRollouts.bind(),
                charts.bind(),
                spans.bind(),
                () -> model.figures().removeListener(figureListener));
    }

    private void showSentence(Feed<FleetSnapshot> feed) {
        feed.newest()
                .map(FleetSentence::of)
                .ifPresent(
                        state ->
                                sentence.getChildren()
                                        .setAll(
                                                Icons.of(state.tone()),
                                                Labels.wrapping(state.words(), "sentence-words")));
    }

    private void choose() {
        table.chosen().ifPresent(row -> model.chosenProperty().set(row.name()));
    }

    private void showFigures() {
        List<Figure> next = model.figures();
        if (figures.getChildren().size() != next.size()) {
            List<FigureCard> cards = new ArrayList<>();
            next.forEach(_ -> cards.add(new FigureCard(palette)));
            figures.getChildren().setAll(cards);
        }
        for (int i = 0; i < next.size(); i++) {
            ((FigureCard) figures.getChildren().get(i)).show(next.get(i));
        }
    }

    private void openChosen() {
        table.chosen().ifPresent(row -> navigation.go(placeOf(row)));
    }

    /** The open rollout; of a steady model its own screen. */
    private static Place placeOf(ModelRow row) {
        return row.rolloutId()
                .<Place>map(Place.OneRollout::new)
                .orElseGet(() -> new Place.OneModel(row.name()));
    }
}
