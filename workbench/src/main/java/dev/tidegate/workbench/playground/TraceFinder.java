package dev.tidegate.workbench.playground;

import dev.tidegate.workbench.connection.Reply;
import dev.tidegate.workbench.failure.Outcome;
import dev.tidegate.workbench.fx.Cadence;
import dev.tidegate.workbench.fx.UiPulse;
import dev.tidegate.workbench.predictionlog.LogEntry;
import dev.tidegate.workbench.predictionlog.PredictionLogGateway;
import java.util.concurrent.Executor;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.util.Subscription;
import org.jspecify.annotations.Nullable;

/** Finds an answer in the prediction log, which is a moment behind it. */
final class TraceFinder {
    /** Beats of the clock for which an answer is looked for. */
    private static final int LOOKS = 5;

    private final PredictionLogGateway log;
    private final UiPulse pulse;
    private final Executor screen;
    private final ReadOnlyObjectWrapper<@Nullable LogEntry> trace = new ReadOnlyObjectWrapper<>();
    private String wanted = "";
    private int looks;

    TraceFinder(PredictionLogGateway log, UiPulse pulse, Executor screen) {
        this.log = log;
        this.pulse = pulse;
        this.screen = screen;
    }

    /** Looks while somebody waits for an answer, until unsubscribed. */
    Subscription start() {
        return pulse.onBeat(Cadence.CLOCK, this::look);
    }

    /** Forgets the former answer and looks for the one of this id. */
    void find(String predictionId) {
        wanted = predictionId;
        looks = LOOKS;
        trace.set(null);
    }

    private void look() {
        if (looks > 0 && trace.get() == null) {
            looks--;
            Reply.to(screen, log.find(wanted), this::show);
        }
    }

    private void show(Outcome<LogEntry> outcome) {
        if (outcome instanceof Outcome.Answered<LogEntry> answered
                && answered.value().id().equals(wanted)) {
            trace.set(answered.value());
        }
    }

    /** The answer as it was logged, with the server's own times; null until it is found. */
    ReadOnlyObjectProperty<@Nullable LogEntry> traceProperty() {
        return trace.getReadOnlyProperty();
    }
}
