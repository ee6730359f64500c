package dev.tidegate.workbench.batch;

import dev.tidegate.workbench.control.ActionButton;
import dev.tidegate.workbench.control.ActionState;
import dev.tidegate.workbench.control.Labels;
import dev.tidegate.workbench.playground.ModelChoice;
import java.io.File;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import javafx.scene.control.ComboBox;
import javafx.scene.control.Label;
import javafx.scene.control.TextField;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import javafx.stage.FileChooser;
import javafx.util.Subscription;

/** Which version a file of rows goes to, and the button that chooses the file. */
final class NewJobBar {
    private static final String CHAMPION = "champion";

    private final BatchListViewModel model;
    private final ComboBox<String> models = new ComboBox<>();
    private final ComboBox<String> versions = new ComboBox<>();
    private final ComboBox<String> forms = new ComboBox<>();
    private final TextField keep = new TextField();
    private final ActionButton start;
    private final HBox bar = new HBox(16);

    NewJobBar(BatchListViewModel model) {
        this.model = model;
        start = new ActionButton("batch-start", "fth-upload", "primary", this::choose);
        models.setId("batch-model");
        models.setAccessibleText("Model");
        versions.setId("batch-version");
        versions.setAccessibleText("Version");
        forms.setId("batch-form");
        forms.setAccessibleText("Result");
        forms.getItems().addAll("csv", "json", "parquet");
        forms.setValue("csv");
        keep.setId("batch-keep");
        keep.setAccessibleText("Columns to keep");
        keep.setPromptText("customer_id, …");
        VBox kept = named("Columns to keep", keep);
        HBox.setHgrow(kept, Priority.ALWAYS);
        bar.getChildren()
                .addAll(
                        named("Model", models),
                        named("Version", versions),
                        kept,
                        named("Result", forms),
                        new VBox(4, Labels.of(" ", "field-name"), start));
    }

    private static VBox named(String name, Region control) {
        Label label = Labels.of(name, "field-name");
        label.setLabelFor(control);
        control.setMaxWidth(Double.MAX_VALUE);
        control.setMinWidth(110);
        return new VBox(4, label, control);
    }

    Region node() {
        return bar;
    }

    Subscription bind() {
        return Subscription.combine(
                model.modelsProperty().subscribe(this::offer),
                model.sendingProperty().subscribe(_ -> showStart()),
                models.valueProperty().subscribe(_ -> offerVersions()));
    }

    private void offer(List<ModelChoice> choices) {
        String before = models.getValue();
        models.getItems().setAll(choices.stream().map(ModelChoice::name).toList());
        models.setValue(
                before != null && models.getItems().contains(before)
                        ? before
                        : models.getItems().stream().findFirst().orElse(null));
        showStart();
    }

    private void offerVersions() {
        versions.getItems().setAll(CHAMPION);
        model.modelsProperty().get().stream()
                .filter(choice -> choice.name().equals(models.getValue()))
                .flatMap(choice -> choice.versions().stream())
                .map(ModelChoice.Version::version)
                .forEach(versions.getItems()::add);
        versions.setValue(CHAMPION);
        showStart();
    }

    private void showStart() {
        String words = "Start a job from a file…";
        ActionState state =
                models.getValue() == null
                        ? ActionState.refused(words, "No model is registered yet")
                        : ActionState.allowed(words);
        start.show(state.withBusy(model.sendingProperty().get()));
    }

    private void choose() {
        FileChooser chooser = new FileChooser();
        chooser.setTitle("Rows for " + models.getValue());
        chooser.getExtensionFilters()
                .add(
                        new FileChooser.ExtensionFilter(
                                "Rows (CSV, JSON, Parquet)",
                                "*.csv",
                                "*.json",
                                "*.jsonl",
                                "*.ndjson",
                                "*.parquet"));
        Optional.ofNullable(chooser.showOpenDialog(bar.getScene().getWindow()))
                .map(File::toPath)
                .ifPresent(
                        file ->
                                model.submit(
                                        Objects.requireNonNullElse(models.getValue(), ""),
                                        version(),
                                        file,
                                        keep.getText(),
                                        forms.getValue()));
    }

    private String version() {
        String chosen = versions.getValue();
        return chosen == null || chosen.equals(CHAMPION) ? "" : chosen;
    }
}
