package dev.tidegate.workbench.playground;

import dev.tidegate.workbench.connection.Feed;
import dev.tidegate.workbench.connection.Question;
import dev.tidegate.workbench.connection.Reply;
import dev.tidegate.workbench.failure.Outcome;
import dev.tidegate.workbench.failure.ServiceFailure;
import dev.tidegate.workbench.fx.Cadence;
import dev.tidegate.workbench.fx.UiPulse;
import dev.tidegate.workbench.predictionlog.LogEntry;
import dev.tidegate.workbench.predictionlog.PredictionLogGateway;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.beans.property.SimpleObjectProperty;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;
import javafx.beans.value.ObservableValue;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;
import javafx.util.Subscription;
import org.jspecify.annotations.Nullable;

/** Builds a form from a signature, fills it from the log or by hand, and asks the model. */
public final class PlaygroundViewModel {
    private static final int RECENT = 40;

    /** Beats of the clock between two questions while the registry's answer is good, and not. */
    private static final int BEATS_LIVE = 5;

    private static final int BEATS_LOST = 2;

    private final InferenceGateway inference;
    private final PredictionLogGateway log;
    private final ObservableValue<? extends Feed<?>> server;
    private final UiPulse pulse;
    private final Executor screen;
    private final Clock clock;
    private final Question<List<ModelChoice>> registered;

    private final Target target = new Target();
    private final StringProperty unit = new SimpleStringProperty("");
    private final Form form = new Form();
    private final ObservableList<LogEntry> recent = FXCollections.observableArrayList();
    private final ObjectProperty<@Nullable Prediction> prediction = new SimpleObjectProperty<>();
    private final ObjectProperty<@Nullable SideBySide> sideBySide = new SimpleObjectProperty<>();
    private final TraceFinder trace;
    private final ObjectProperty<@Nullable ServiceFailure> failure = new SimpleObjectProperty<>();
    private final StringProperty loaded = new SimpleStringProperty("");
    private final StringProperty missing = new SimpleStringProperty("");
    private final BooleanProperty busy = new SimpleBooleanProperty();
    private final FileRows fileRows;
    private int beat;
    private boolean gone;
    private String wantedModel = "";
    private String wantedEntry = "";

    /**
     * @param server a stream of the server, which tells that it went and came back
     */
    public PlaygroundViewModel(
            RegistryGateway registry,
            InferenceGateway inference,
            PredictionLogGateway log,
            ObservableValue<? extends Feed<?>> server,
            UiPulse pulse,
            Executor screen,
            Clock clock) {
        this.registered = new Question<>(screen, registry::models, this::showModels);
        this.inference = inference;
        this.log = log;
        this.server = server;
        this.pulse = pulse;
        this.screen = screen;
        this.clock = clock;
        trace = new TraceFinder(log, pulse, screen);
        fileRows = new FileRows(screen, this::fillFromFile, failure::set);
        target.modelProperty().subscribe(_ -> chooseModel());
        target.versionProperty().subscribe(_ -> buildForm());
    }

    /**
     * Keeps to what is registered, and looks for the server's own times of a new answer, until
     * unsubscribed.
     */
    Subscription start() {
        return Subscription.combine(
                trace.start(),
                pulse.onBeat(Cadence.CLOCK, this::onBeat),
                server.subscribe(this::follow));
    }

    private void onBeat() {
        if (++beat % (target.isLive() ? BEATS_LIVE : BEATS_LOST) == 0) {
            registered.ask();
        }
    }

    private void follow(Feed<?> feed) {
        switch (feed) {
            case Feed.Live<?> _ -> greet();
            case Feed.Stale<?> stale -> lose(stale.failure());
            case Feed.Failed<?> failed -> lose(failed.failure());
            case Feed.Waiting<?> _ -> {}
        }
    }

    /** Asks at once when the server is back. */
    private void greet() {
        if (gone) {
            gone = false;
            registered.ask();
        }
    }

    /** A server that repeats old figures is there, and says itself what it cannot answer. */
    private void lose(ServiceFailure why) {
        if (why instanceof ServiceFailure.Unavailable) {
            gone = true;
            target.lose(why);
        }
    }

    /**
     * Shows this model, or the first when empty, and the logged request of that id, if one is
     * named.
     */
    public void visit(String modelName, String entryId) {
        wantedModel = modelName;
        wantedEntry = entryId;
        refreshRecent();
        registered.ask();
    }

    private void showModels(Outcome<List<ModelChoice>> outcome) {
        String before = target.modelProperty().get();
        boolean wasLive = target.isLive();
        target.show(outcome, wantedModel, clock.instant());
        if (outcome instanceof Outcome.Failed<List<ModelChoice>> _) {
            return;
        }
        wantedModel = "";
        if (target.modelProperty().get().equals(before)) {
            showChanges(wasLive);
        }
        if (!wantedEntry.isEmpty()) {
            load(wantedEntry);
        }
    }

    /** What was typed and chosen stays. */
    private void showChanges(boolean wasLive) {
        target.offerVersions();
        buildForm();
        if (!wasLive) {
            refreshRecent();
        }
    }

    private void chooseModel() {
        missing.set("");
        target.offerVersions();
        buildForm();
        refreshRecent();
    }

    /** Asks again for the newest logged requests. */
    void refreshRecent() {
        String model = target.modelProperty().get();
        if (!model.isEmpty()) {
            Reply.to(screen, log.newest(model, RECENT), this::showRecent);
        }
    }

    private void showRecent(Outcome<List<LogEntry>> outcome) {
        switch (outcome) {
            case Outcome.Answered<List<LogEntry>> answered -> recent.setAll(answered.value());
            case Outcome.Failed<List<LogEntry>> failed -> failure.set(failed.failure());
        }
    }

    private void buildForm() {
        form.show(target.signature().map(Signature::columns).orElse(List.of()));
    }

    /** Fills the form with the row of a logged request. */
    void load(String entryId) {
        wantedEntry = "";
        Reply.to(screen, log.find(entryId.strip()), this::showEntry);
    }

    private void fillFromFile(Map<String, String> values) {
        failure.set(null);
        form.fill(values);
        loaded.set("");
        missing.set("");
        form.problemOfStrangers(values.keySet())
                .ifPresent(
                        words -> failure.set(new ServiceFailure.Invalid(words, Optional.empty())));
    }

    private void showEntry(Outcome<LogEntry> outcome) {
        switch (outcome) {
            case Outcome.Answered<LogEntry> answered -> {
                failure.set(null);
                fill(new LoggedRow(answered.value()));
            }
            case Outcome.Failed<LogEntry> failed -> failure.set(failed.failure());
        }
    }

    /** A request of which nothing was kept leaves the form as it is. */
    private void fill(LoggedRow row) {
        missing.set(row.missing());
        if (row.isKept()) {
            target.signature().ifPresent(signature -> form.fill(row.values(signature)));
            loaded.set(row.entry().id());
            fileRows.leave();
        }
    }

    /** Sends the form, unless something in it is wrong. */
    void send() {
        Optional<Row> row = busy.get() ? Optional.empty() : checkedRow();
        row.ifPresent(
                checked -> {
                    busy.set(true);
                    failure.set(null);
                    if (target.isEvery()) {
                        askEveryVersion(checked);
                    } else {
                        Reply.to(screen, ask(checked, target.named()), this::showPrediction);
                    }
                });
    }

    /** The form's row, when nothing in it is wrong; else the fields say what is. */
    private Optional<Row> checkedRow() {
        Optional<Row> row = target.signature().map(signature -> new Row(signature, form.values()));
        List<FieldProblem> problems = row.map(Row::problems).orElse(List.of());
        form.showProblems(problems);
        return row.filter(_ -> problems.isEmpty());
    }

    private CompletableFuture<Outcome<Prediction>> ask(Row row, String wanted) {
        return inference.infer(
                target.modelProperty().get(), wanted, unit.get().strip(), row.tensors());
    }

    private void askEveryVersion(Row row) {
        Reply.to(
                screen,
                SideBySide.ask(target.abreast(), name -> ask(row, name)),
                outcome -> {
                    busy.set(false);
                    if (outcome instanceof Outcome.Answered<SideBySide> answered) {
                        prediction.set(null);
                        sideBySide.set(answered.value());
                    }
                });
    }

    /** The request as a program, when nothing in the form is wrong. */
    Optional<String> copy(RequestCopy.Language language, String server) {
        return checkedRow()
                .map(
                        row ->
                                new RequestCopy(
                                                server,
                                                target.modelProperty().get(),
                                                target.named(),
                                                unit.get().strip(),
                                                row.tensors())
                                        .as(language));
    }

    private void showPrediction(Outcome<Prediction> outcome) {
        busy.set(false);
        switch (outcome) {
            case Outcome.Answered<Prediction> answered -> {
                sideBySide.set(null);
                trace.find(answered.value().predictionId());
                prediction.set(answered.value());
            }
            case Outcome.Failed<Prediction> failed -> {
                failure.set(failed.failure());
                if (failed.failure() instanceof ServiceFailure.Invalid invalid) {
                    form.blame(invalid);
                }
            }
        }
    }

    FileRows fileRows() {
        return fileRows;
    }

    ReadOnlyObjectProperty<Feed<List<ModelChoice>>> modelsProperty() {
        return target.modelsProperty();
    }

    StringProperty modelProperty() {
        return target.modelProperty();
    }

    StringProperty versionProperty() {
        return target.versionProperty();
    }

    StringProperty unitProperty() {
        return unit;
    }

    ObservableList<Field> fields() {
        return form.fields();
    }

    ObservableList<String> versions() {
        return target.versions();
    }

    ObservableList<LogEntry> recent() {
        return recent;
    }

    ObjectProperty<@Nullable Prediction> predictionProperty() {
        return prediction;
    }

    /** The answers of all versions; null when one was asked. */
    ObjectProperty<@Nullable SideBySide> sideBySideProperty() {
        return sideBySide;
    }

    /** The answer as it was logged, with the server's own times; null until it is found. */
    ReadOnlyObjectProperty<@Nullable LogEntry> traceProperty() {
        return trace.traceProperty();
    }

    ObjectProperty<@Nullable ServiceFailure> failureProperty() {
        return failure;
    }

    /** Id of the logged request that filled the form; empty when none did. */
    StringProperty loadedProperty() {
        return loaded;
    }

    /** What the log has not kept of the request that was taken from it; empty when nothing. */
    StringProperty missingProperty() {
        return missing;
    }

    BooleanProperty busyProperty() {
        return busy;
    }
}
