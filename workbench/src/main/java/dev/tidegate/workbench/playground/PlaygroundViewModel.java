package dev.tidegate.workbench.playground;

import dev.tidegate.workbench.connection.Feed;
import dev.tidegate.workbench.connection.Reply;
import dev.tidegate.workbench.failure.Outcome;
import dev.tidegate.workbench.failure.ServiceFailure;
import dev.tidegate.workbench.predictionlog.LogEntry;
import dev.tidegate.workbench.predictionlog.PredictionLogGateway;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.regex.Pattern;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.beans.property.SimpleObjectProperty;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;
import org.jspecify.annotations.Nullable;

/** Builds a form from a signature, fills it from the log or by hand, and asks the model. */
public final class PlaygroundViewModel {
    /** Stands for the version that the route chooses. */
    static final String ROUTED = "as routed";

    private static final int RECENT = 40;

    private final RegistryGateway registry;
    private final InferenceGateway inference;
    private final PredictionLogGateway log;
    private final Executor screen;
    private final Clock clock;

    private final ReadOnlyObjectWrapper<Feed<List<ModelChoice>>> models =
            new ReadOnlyObjectWrapper<>(new Feed.Waiting<>());
    private final StringProperty model = new SimpleStringProperty("");
    private final StringProperty version = new SimpleStringProperty(ROUTED);
    private final StringProperty unit = new SimpleStringProperty("");
    private final ObservableList<Field> fields = FXCollections.observableArrayList();
    private final ObservableList<String> versions = FXCollections.observableArrayList();
    private final ObservableList<LogEntry> recent = FXCollections.observableArrayList();
    private final ObjectProperty<@Nullable Prediction> prediction = new SimpleObjectProperty<>();
    private final ObjectProperty<@Nullable ServiceFailure> failure = new SimpleObjectProperty<>();
    private final StringProperty loaded = new SimpleStringProperty("");
    private final BooleanProperty busy = new SimpleBooleanProperty();
    private String wantedModel = "";
    private String wantedEntry = "";

    public PlaygroundViewModel(
            RegistryGateway registry,
            InferenceGateway inference,
            PredictionLogGateway log,
            Executor screen,
            Clock clock) {
        this.registry = registry;
        this.inference = inference;
        this.log = log;
        this.screen = screen;
        this.clock = clock;
        model.subscribe(_ -> chooseModel());
        version.subscribe(_ -> buildForm());
    }

    /**
     * Shows this model, or the first when empty, and the logged request of that id, if one is
     * named.
     */
    public void visit(String modelName, String entryId) {
        wantedModel = modelName;
        wantedEntry = entryId;
        Reply.to(screen, registry.models(), this::showModels);
    }

    private void showModels(Outcome<List<ModelChoice>> outcome) {
        switch (outcome) {
            case Outcome.Answered<List<ModelChoice>> answered -> {
                models.set(models.get().withValue(answered.value(), clock.instant()));
                choose(answered.value());
            }
            case Outcome.Failed<List<ModelChoice>> failed ->
                    models.set(models.get().withLoss(failed.failure()));
        }
    }

    private void choose(List<ModelChoice> choices) {
        String wanted = wantedModel.isEmpty() ? model.get() : wantedModel;
        String name =
                choices.stream()
                        .map(ModelChoice::name)
                        .filter(wanted::equals)
                        .findFirst()
                        .orElse(choices.isEmpty() ? "" : choices.getFirst().name());
        if (name.equals(model.get())) {
            chooseModel();
        } else {
            model.set(name);
        }
        if (!wantedEntry.isEmpty()) {
            load(wantedEntry);
        }
    }

    private void chooseModel() {
        Optional<ModelChoice> choice = chosenModel();
        List<String> names = new ArrayList<>(List.of(ROUTED));
        choice.ifPresent(found -> found.versions().forEach(one -> names.add(one.version())));
        versions.setAll(names);
        if (names.contains(version.get())) {
            buildForm();
        } else {
            version.set(ROUTED);
        }
        refreshRecent();
    }

    /** Asks again for the newest logged requests. */
    void refreshRecent() {
        if (!model.get().isEmpty()) {
            Reply.to(screen, log.newest(model.get(), RECENT), this::showRecent);
        }
    }

    private void showRecent(Outcome<List<LogEntry>> outcome) {
        switch (outcome) {
            case Outcome.Answered<List<LogEntry>> answered -> recent.setAll(answered.value());
            case Outcome.Failed<List<LogEntry>> failed -> failure.set(failed.failure());
        }
    }

    private Optional<ModelChoice> chosenModel() {
        return models.get().newest().stream()
                .flatMap(List::stream)
                .filter(choice -> choice.name().equals(model.get()))
                .findFirst();
    }

    private Optional<Signature> signature() {
        return chosenModel()
                .flatMap(
                        choice ->
                                version.get().equals(ROUTED)
                                        ? choice.preferred("champion")
                                        : choice.versions().stream()
                                                .filter(one -> one.version().equals(version.get()))
                                                .findFirst())
                .map(ModelChoice.Version::signature);
    }

    private void buildForm() {
        Map<String, String> kept = values();
        List<Signature.Column> columns = signature().map(Signature::columns).orElse(List.of());
        if (!columns.equals(fields.stream().map(Field::column).toList())) {
            fields.setAll(columns.stream().map(Field::of).toList());
            fill(kept);
        }
    }

    /** Fills the form with the row of a logged request. */
    void load(String entryId) {
        wantedEntry = "";
        Reply.to(screen, log.find(entryId.strip()), this::showEntry);
    }

    private void showEntry(Outcome<LogEntry> outcome) {
        switch (outcome) {
            case Outcome.Answered<LogEntry> answered -> {
                LogEntry entry = answered.value();
                failure.set(null);
                signature().ifPresent(signature -> fill(Row.valuesOf(signature, entry.inputs())));
                loaded.set(entry.id());
            }
            case Outcome.Failed<LogEntry> failed -> failure.set(failed.failure());
        }
    }

    private void fill(Map<String, String> values) {
        fields.forEach(
                field -> {
                    field.value().set(values.getOrDefault(field.column().name(), ""));
                    field.problem().set("");
                });
    }

    private Map<String, String> values() {
        Map<String, String> values = new LinkedHashMap<>();
        fields.forEach(
                field ->
                        values.put(
                                field.column().name(),
                                field.value().get() == null ? "" : field.value().get()));
        return values;
    }

    /** Sends the form, unless something in it is wrong. */
    void send() {
        Optional<Signature> signature = signature();
        if (busy.get() || signature.isEmpty()) {
            return;
        }
        Row row = new Row(signature.get(), values());
        List<FieldProblem> problems = row.problems();
        showProblems(problems);
        if (!problems.isEmpty()) {
            return;
        }
        busy.set(true);
        failure.set(null);
        String pinned = version.get().equals(ROUTED) ? "" : version.get();
        Reply.to(
                screen,
                inference.infer(model.get(), pinned, unit.get().strip(), row.tensors()),
                this::showPrediction);
    }

    private void showPrediction(Outcome<Prediction> outcome) {
        busy.set(false);
        switch (outcome) {
            case Outcome.Answered<Prediction> answered -> prediction.set(answered.value());
            case Outcome.Failed<Prediction> failed -> {
                failure.set(failed.failure());
                if (failed.failure() instanceof ServiceFailure.Invalid invalid) {
                    blame(invalid);
                }
            }
        }
    }

    /**
     * Puts the server's refusal at the field that it names, by detail or by name in the message.
     */
    private void blame(ServiceFailure.Invalid invalid) {
        showProblems(
                fields.stream()
                        .map(field -> field.column().name())
                        .filter(
                                name ->
                                        invalid.field()
                                                .map(name::equals)
                                                .orElseGet(() -> names(invalid.message(), name)))
                        .map(name -> new FieldProblem(name, invalid.message()))
                        .toList());
    }

    private static boolean names(String message, String column) {
        return Pattern.compile("(?<![\\w-])" + Pattern.quote(column) + "(?![\\w-])")
                .matcher(message)
                .find();
    }

    private void showProblems(List<FieldProblem> problems) {
        fields.forEach(
                field ->
                        field.problem()
                                .set(
                                        problems.stream()
                                                .filter(
                                                        problem ->
                                                                problem.column()
                                                                        .equals(
                                                                                field.column()
                                                                                        .name()))
                                                .map(FieldProblem::message)
                                                .findFirst()
                                                .orElse("")));
    }

    ReadOnlyObjectProperty<Feed<List<ModelChoice>>> modelsProperty() {
        return models.getReadOnlyProperty();
    }

    StringProperty modelProperty() {
        return model;
    }

    StringProperty versionProperty() {
        return version;
    }

    StringProperty unitProperty() {
        return unit;
    }

    ObservableList<Field> fields() {
        return fields;
    }

    ObservableList<String> versions() {
        return versions;
    }

    ObservableList<LogEntry> recent() {
        return recent;
    }

    ObjectProperty<@Nullable Prediction> predictionProperty() {
        return prediction;
    }

    ObjectProperty<@Nullable ServiceFailure> failureProperty() {
        return failure;
    }

    /** Id of the logged request that filled the form; empty when none did. */
    StringProperty loadedProperty() {
        return loaded;
    }

    BooleanProperty busyProperty() {
        return busy;
    }
}
