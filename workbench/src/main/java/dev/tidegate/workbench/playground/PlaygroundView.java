package dev.tidegate.workbench.playground;

import dev.tidegate.workbench.connection.Feed;
import dev.tidegate.workbench.control.Card;
import dev.tidegate.workbench.control.ColumnWidths;
import dev.tidegate.workbench.control.FeedPane;
import dev.tidegate.workbench.control.Figures;
import dev.tidegate.workbench.control.Icons;
import dev.tidegate.workbench.control.Labels;
import dev.tidegate.workbench.control.Placeholder;
import dev.tidegate.workbench.fx.View;
import dev.tidegate.workbench.theme.Tone;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import javafx.collections.ListChangeListener;
import javafx.scene.control.Button;
import javafx.scene.control.ComboBox;
import javafx.scene.control.Label;
import javafx.scene.control.MenuButton;
import javafx.scene.control.MenuItem;
import javafx.scene.control.ScrollPane;
import javafx.scene.control.TextField;
import javafx.scene.control.Tooltip;
import javafx.scene.input.Clipboard;
import javafx.scene.input.DataFormat;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.ColumnConstraints;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import javafx.util.Subscription;

/** The playground: a form from the signature at the left, the answer and the log at the right. */
public final class PlaygroundView implements View {
    private static final int COLUMNS = 3;

    private final PlaygroundViewModel model;
    private final ComboBox<String> models = new ComboBox<>();
    private final ComboBox<String> versions = new ComboBox<>();
    private final TextField unit = new TextField();
    private final GridPane form = new GridPane(16, 8);
    private final Label loaded = Labels.of("", "muted");
    private final Label missing = Labels.wrapping("", "banner-text");
    private final HBox missingBanner = new HBox(12, Icons.of(Tone.WATCH), missing);
    private final MenuButton copy = new MenuButton("Copy as");
    private final String server;
    private final Button send = new Button("Ask");
    private final AnswerCard answer;
    private final RecentCard recent;
    private final FileRowsBar file;
    private final FeedPane pane;
    private Subscription fields = Subscription.EMPTY;

    /**
     * @param server HOST:PORT that copied programs ask
     */
    public PlaygroundView(PlaygroundViewModel model, ColumnWidths columns, String server) {
        this.model = model;
        this.server = server;
        answer = new AnswerCard(model);
        recent = new RecentCard(model, columns);
        file = new FileRowsBar(model.fileRows());
        models.setId("playground-model");
        models.setAccessibleText("Model");
        versions.setId("playground-version");
        versions.setAccessibleText("Version");
        versions.setItems(model.versions());
        unit.setId("playground-unit");
        unit.setAccessibleText("Unit");
        unit.setPromptText("none");
        send.setId("playground-send");
        send.getStyleClass().add("primary");
        send.setMinWidth(Region.USE_PREF_SIZE);
        send.setGraphic(Icons.of("fth-send"));
        send.setOnAction(_ -> model.send());
        copy.setId("playground-copy");
        copy.setGraphic(Icons.of("fth-copy"));
        copy.setMinWidth(Region.USE_PREF_SIZE);
        for (RequestCopy.Language language : RequestCopy.Language.values()) {
            MenuItem item = new MenuItem(language.word());
            item.setId("copy-" + language.name().toLowerCase(Locale.ROOT));
            item.setOnAction(_ -> copyAs(language));
            copy.getItems().add(item);
        }
        for (int column = 0; column < COLUMNS; column++) {
            ColumnConstraints constraints = new ColumnConstraints();
            constraints.setPercentWidth(100.0 / COLUMNS);
            form.getColumnConstraints().add(constraints);
        }
        pane = new FeedPane("playground", content());
        pane.node()
                .addEventFilter(
                        KeyEvent.KEY_PRESSED,
                        event -> {
                            if (event.isShortcutDown() && event.getCode() == KeyCode.ENTER) {
                                model.send();
                                event.consume();
                            }
                        });
    }

    private Region content() {
        HBox target =
                new HBox(
                        16,
                        named("Model", models),
                        named("Version", versions),
                        named("Unit", unit));
        HBox.setHgrow(target.getChildren().get(2), Priority.ALWAYS);
        ScrollPane scroll = new ScrollPane(form);
        scroll.setFitToWidth(true);
        scroll.getStyleClass().add("form-scroll");
        VBox.setVgrow(scroll, Priority.ALWAYS);
        HBox foot = new HBox(12, loaded, Labels.spacer(), copy, send);
        send.setTooltip(new Tooltip("Ctrl+Enter"));
        foot.getStyleClass().add("row");
        Card request = new Card("Request");
        missingBanner.setId("playground-missing");
        missingBanner.getStyleClass().addAll("banner", Tone.WATCH.styleClass());
        HBox.setHgrow(missing, Priority.ALWAYS);
        request.getChildren().addAll(target, file.node(), scroll, missingBanner, foot);
        request.setMinWidth(0);
        HBox.setHgrow(request, Priority.ALWAYS);
        VBox right = new VBox(16, answer.node(), recent.node());
        right.setMinWidth(380);
        right.setPrefWidth(430);
        right.setMaxWidth(430);
        HBox page = new HBox(16, request, right);
        page.getStyleClass().add("page");
        return page;
    }

    private void copyAs(RequestCopy.Language language) {
        Optional<String> program = model.copy(language, server);
        program.ifPresent(
                words ->
                        Clipboard.getSystemClipboard()
                                .setContent(Map.of(DataFormat.PLAIN_TEXT, words)));
        loaded.setText(
                program.isPresent()
                        ? "Copied as " + language.word()
                        : "Not copied: mend the marked fields first");
    }

    private static VBox named(String name, Region control) {
        Label label = Labels.of(name, "field-name");
        label.setLabelFor(control);
        control.setMaxWidth(Double.MAX_VALUE);
        control.setMinWidth(130);
        return new VBox(4, label, control);
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
        ListChangeListener<Field> listener = _ -> showFields();
        model.fields().addListener(listener);
        models.valueProperty().bindBidirectional(model.modelProperty());
        versions.valueProperty().bindBidirectional(model.versionProperty());
        unit.textProperty().bindBidirectional(model.unitProperty());
        showFields();
        return Subscription.combine(
                model.start(),
                pane.bind(model.modelsProperty()),
                model.modelsProperty().subscribe(this::showModels),
                model.loadedProperty().subscribe(this::showLoaded),
                model.missingProperty().subscribe(this::showMissing),
                model.busyProperty().subscribe(_ -> showBusy()),
                model.modelProperty().subscribe(_ -> showBusy()),
                answer.bind(),
                file.bind(),
                () -> fields.unsubscribe(),
                () -> model.fields().removeListener(listener),
                () -> models.valueProperty().unbindBidirectional(model.modelProperty()),
                () -> versions.valueProperty().unbindBidirectional(model.versionProperty()),
                () -> unit.textProperty().unbindBidirectional(model.unitProperty()));
    }

    private void showModels(Feed<List<ModelChoice>> feed) {
        feed.newest()
                .ifPresent(
                        choices -> {
                            Target.offer(
                                    models.getItems(),
                                    choices.stream().map(ModelChoice::name).toList());
                        });
    }

    private void showFields() {
        fields.unsubscribe();
        form.getChildren().clear();
        if (model.fields().isEmpty()) {
            fields = Subscription.EMPTY;
            form.add(
                    Placeholder.empty(
                            "No form yet",
                            "A model with a signature is needed: tidegate model register NAME"
                                    + " FILE.onnx"),
                    0,
                    0,
                    COLUMNS,
                    1);
            return;
        }
        Subscription[] bound = new Subscription[model.fields().size()];
        for (int i = 0; i < bound.length; i++) {
            FieldView field = new FieldView(model.fields().get(i));
            form.add(field.node(), i % COLUMNS, i / COLUMNS);
            bound[i] = field.bind();
        }
        fields = Subscription.combine(bound);
    }

    private void showLoaded(String id) {
        loaded.setText(id.isEmpty() ? "" : "Row of " + Figures.shortened(id, 13));
    }

    private void showMissing(String words) {
        missing.setText(words);
        missingBanner.setVisible(!words.isEmpty());
        missingBanner.setManaged(!words.isEmpty());
    }

    private void showBusy() {
        boolean busy = model.busyProperty().get();
        send.setDisable(busy);
        send.setText(busy ? "Asking …" : "Ask " + model.modelProperty().get());
    }
}
