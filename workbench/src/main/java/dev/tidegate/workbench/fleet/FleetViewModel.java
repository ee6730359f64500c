package dev.tidegate.workbench.fleet;

import dev.tidegate.workbench.connection.Feed;
import dev.tidegate.workbench.connection.Question;
import dev.tidegate.workbench.connection.Streams;
import dev.tidegate.workbench.failure.Outcome;
import dev.tidegate.workbench.fx.Cadence;
import dev.tidegate.workbench.fx.UiPulse;
import dev.tidegate.workbench.fx.Valve;
import dev.tidegate.workbench.theme.ArmColours;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Executor;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.SimpleObjectProperty;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;
import javafx.util.Subscription;
import org.jspecify.annotations.Nullable;

/** What the overview shows, and what the shell needs to know of the fleet. */
public final class FleetViewModel {
    private static final Duration HISTORY = Duration.ofMinutes(15);

    /** Beats of the clock between two questions for events. */
    private static final int BEATS = 3;

    private final FleetGateway gateway;
    private final Question<List<FleetEvent>> eventQuestion;
    private final Streams streams;
    private final UiPulse pulse;
    private final ArmColours colours;
    private final FleetRows rowsOf;
    private final FleetHistory history = new FleetHistory();
    private List<FleetEvent> events = List.of();
    private int beat;

    private final ReadOnlyObjectWrapper<Feed<FleetSnapshot>> feed =
            new ReadOnlyObjectWrapper<>(new Feed.Waiting<>());
    private final ReadOnlyObjectWrapper<@Nullable FleetCharts> charts =
            new ReadOnlyObjectWrapper<>();
    private final ObjectProperty<TimeSpan> span = new SimpleObjectProperty<>(TimeSpan.FIVE_MINUTES);
    private final ObjectProperty<String> chosen = new SimpleObjectProperty<>("");
    private final ObservableList<ModelRow> rows = FXCollections.observableArrayList();
    private final ObservableList<OpenRolloutItem> openRollouts =
            FXCollections.observableArrayList();
    private final ObservableList<Figure> figures = FXCollections.observableArrayList();

    public FleetViewModel(
            FleetGateway gateway,
            EventGateway eventGateway,
            Streams streams,
            UiPulse pulse,
            Executor screen,
            ArmColours colours) {
        this.gateway = gateway;
        this.eventQuestion = new Question<>(screen, eventGateway::events, this::showEvents);
        this.streams = streams;
        this.pulse = pulse;
        this.colours = colours;
        this.rowsOf = new FleetRows(colours);
        span.subscribe(_ -> drawCharts());
        chosen.subscribe(_ -> showChosen());
    }

    /** Watches the fleet until unsubscribed. */
    public Subscription start() {
        Valve<Feed<FleetSnapshot>> values = pulse.valve(Cadence.VALUES, this::show);
        Valve<Feed<FleetSnapshot>> frames = pulse.valve(Cadence.CHARTS, _ -> drawCharts());
        FleetFreshness freshness = new FleetFreshness();
        Subscription stream =
                streams.follow(
                        gateway.watch(HISTORY),
                        history::add,
                        next -> {
                            Feed<FleetSnapshot> judged = freshness.judge(next);
                            values.accept(judged);
                            frames.accept(judged);
                        });
        eventQuestion.ask();
        return Subscription.combine(
                stream, values, frames, pulse.onBeat(Cadence.CLOCK, this::onBeat));
    }

    private void onBeat() {
        if (++beat % BEATS == 0) {
            eventQuestion.ask();
        }
    }

    /** Events that cannot be had leave those that are there: the stream says what is wrong. */
    private void showEvents(Outcome<List<FleetEvent>> outcome) {
        if (outcome instanceof Outcome.Answered<List<FleetEvent>> answered) {
            events = answered.value();
        }
    }

    private void show(Feed<FleetSnapshot> next) {
        next.newest().ifPresent(this::learnColours);
        feed.set(next);
        next.newest().ifPresent(this::showSnapshot);
    }

    private void showSnapshot(FleetSnapshot snapshot) {
        replace(rows, rowsOf.rows(snapshot));
        replace(openRollouts, rowsOf.openRollouts(snapshot));
        if (snapshot.models().stream().noneMatch(model -> model.name().equals(chosen.get()))) {
            chosen.set(snapshot.models().stream().findFirst().map(FleetModel::name).orElse(""));
        }
        showChosen();
    }

    private void learnColours(FleetSnapshot snapshot) {
        snapshot.models().forEach(model -> learnColours(snapshot, model));
    }

    /**
     * Older versions first, so that a promoted one keeps its colour after a restart of the
     * workbench too.
     */
    private void learnColours(FleetSnapshot snapshot, FleetModel model) {
        colours.learn(
                model.name(),
                snapshot.historyOf(model.name()).versions().stream()
                        .map(ModelHistory.OfVersion::version)
                        .toList());
        colours.learn(model.name(), model.arms().stream().map(FleetModel.Arm::version).toList());
    }

    private void showChosen() {
        replace(
                figures,
                chosenModel().map(model -> FleetFigures.of(newest(), model)).orElse(List.of()));
        if (charts.get() == null) {
            drawCharts();
        }
    }

    private void drawCharts() {
        feed.get()
                .newest()
                .ifPresent(
                        fleet ->
                                charts.set(
                                        FleetCharts.of(
                                                fleet, chosen.get(), span.get(), colours, events)));
    }

    private FleetSnapshot newest() {
        return feed.get().newest().orElseThrow();
    }

    private Optional<FleetModel> chosenModel() {
        return feed.get().newest().stream()
                .flatMap(fleet -> fleet.models().stream())
                .filter(model -> model.name().equals(chosen.get()))
                .findFirst();
    }

    /** Replaces only what differs, so that selection and focus stay. */
    private static <T> void replace(ObservableList<T> shown, List<T> next) {
        for (int i = 0; i < next.size(); i++) {
            if (i >= shown.size()) {
                shown.add(next.get(i));
            } else if (!Objects.equals(shown.get(i), next.get(i))) {
                shown.set(i, next.get(i));
            }
        }
        if (shown.size() > next.size()) {
            shown.remove(next.size(), shown.size());
        }
    }

    public ReadOnlyObjectProperty<Feed<FleetSnapshot>> feedProperty() {
        return feed.getReadOnlyProperty();
    }

    ReadOnlyObjectProperty<@Nullable FleetCharts> chartsProperty() {
        return charts.getReadOnlyProperty();
    }

    ObjectProperty<TimeSpan> spanProperty() {
        return span;
    }

    /** Name of the model that figures and charts show. */
    ObjectProperty<String> chosenProperty() {
        return chosen;
    }

    ObservableList<ModelRow> rows() {
        return rows;
    }

    ObservableList<OpenRolloutItem> openRollouts() {
        return openRollouts;
    }

    ObservableList<Figure> figures() {
        return figures;
    }
}
