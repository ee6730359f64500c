package dev.tidegate.workbench.rollout;

import dev.tidegate.workbench.connection.Question;
import dev.tidegate.workbench.failure.Outcome;
import dev.tidegate.workbench.fx.Cadence;
import dev.tidegate.workbench.fx.UiPulse;
import dev.tidegate.workbench.predictionlog.LogEntry;
import dev.tidegate.workbench.predictionlog.PredictionLogGateway;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;
import javafx.util.Subscription;
import org.jspecify.annotations.Nullable;

/** Looks for the candidate's last failing requests every few seconds. */
public final class FailuresViewModel {
    /** Beats of the clock between two looks at the log. */
    private static final int BEATS = 5;

    private static final int SHOWN = 4;

    private final UiPulse pulse;
    private final Question<List<LogEntry>> failures;
    private final ObservableList<LogEntry> entries = FXCollections.observableArrayList();
    private final ReadOnlyStringWrapper words = new ReadOnlyStringWrapper("");
    private @Nullable Rollout rollout;
    private int beat;

    public FailuresViewModel(PredictionLogGateway log, UiPulse pulse, Executor screen) {
        this.pulse = pulse;
        failures = new Question<>(screen, () -> ask(log), this::show);
    }

    Subscription start() {
        return pulse.onBeat(
                Cadence.CLOCK,
                () -> {
                    if (++beat % BEATS == 0) {
                        look();
                    }
                });
    }

    /** Tells whose failures are wanted; the first time looks at once. */
    void follow(Rollout next) {
        boolean first = rollout == null;
        rollout = next;
        if (first) {
            look();
        }
    }

    private void look() {
        if (rollout != null) {
            failures.ask();
        }
    }

    private CompletableFuture<Outcome<List<LogEntry>>> ask(PredictionLogGateway log) {
        Rollout of = Objects.requireNonNull(rollout, "a rollout to look for");
        return log.failures(of.id(), of.model(), of.candidate(), SHOWN);
    }

    private void show(Outcome<List<LogEntry>> outcome) {
        switch (outcome) {
            case Outcome.Answered<List<LogEntry>> answered -> {
                if (!entries.equals(answered.value())) {
                    entries.setAll(answered.value());
                }
                words.set(
                        entries.isEmpty()
                                ? "None so far. The client of such a request is answered by the champion."
                                : "");
            }
            case Outcome.Failed<List<LogEntry>> failed ->
                    words.set(failed.failure().title() + ": " + failed.failure().message());
        }
    }

    ObservableList<LogEntry> entries() {
        return entries;
    }

    /** The server's time of what is shown. */
    Instant now() {
        return rollout == null ? Instant.EPOCH : rollout.asOf();
    }

    /** What to say instead of, or above, the entries; empty when nothing. */
    ReadOnlyStringProperty wordsProperty() {
        return words.getReadOnlyProperty();
    }
}
