package dev.tidegate.workbench.batch;

import dev.tidegate.workbench.connection.Feed;
import dev.tidegate.workbench.connection.Question;
import dev.tidegate.workbench.connection.Reply;
import dev.tidegate.workbench.failure.Outcome;
import dev.tidegate.workbench.failure.ServiceFailure;
import dev.tidegate.workbench.fx.Cadence;
import dev.tidegate.workbench.fx.UiPulse;
import dev.tidegate.workbench.playground.ModelChoice;
import dev.tidegate.workbench.playground.RegistryGateway;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Executor;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.util.Subscription;

/**
 * All batch jobs, asked for once a second while they are on the screen, and what is done to them.
 */
public final class BatchListViewModel {
    private final BatchGateway gateway;
    private final UiPulse pulse;
    private final Executor screen;
    private final Clock clock;
    private final Question<List<BatchJob>> jobs;
    private final Question<List<ModelChoice>> registered;
    private final ReadOnlyObjectWrapper<Feed<List<BatchJob>>> feed =
            new ReadOnlyObjectWrapper<>(new Feed.Waiting<>());
    private final ReadOnlyObjectWrapper<List<ModelChoice>> models =
            new ReadOnlyObjectWrapper<>(List.of());
    private final ReadOnlyObjectWrapper<BatchActions> actions =
            new ReadOnlyObjectWrapper<>(BatchActions.of(Optional.empty()));
    private final ReadOnlyStringWrapper said = new ReadOnlyStringWrapper("");
    private final ReadOnlyObjectWrapper<Boolean> sending = new ReadOnlyObjectWrapper<>(false);
    private String chosen = "";
    private boolean cancelling;
    private boolean saving;

    public BatchListViewModel(
            BatchGateway gateway,
            RegistryGateway registry,
            UiPulse pulse,
            Executor screen,
            Clock clock) {
        this.gateway = gateway;
        this.pulse = pulse;
        this.screen = screen;
        this.clock = clock;
        jobs = new Question<>(screen, gateway::list, this::show);
        registered = new Question<>(screen, registry::models, this::showModels);
    }

    Subscription start() {
        registered.ask();
        jobs.ask();
        return pulse.onBeat(Cadence.CLOCK, jobs::ask);
    }

    private void show(Outcome<List<BatchJob>> outcome) {
        switch (outcome) {
            case Outcome.Answered<List<BatchJob>> answered ->
                    feed.set(feed.get().withValue(answered.value(), clock.instant()));
            case Outcome.Failed<List<BatchJob>> failed ->
                    feed.set(feed.get().withLoss(failed.failure()));
        }
        refresh();
    }

    private void showModels(Outcome<List<ModelChoice>> outcome) {
        switch (outcome) {
            case Outcome.Answered<List<ModelChoice>> answered -> models.set(answered.value());
            case Outcome.Failed<List<ModelChoice>> failed -> say(failed.failure());
        }
    }

    /** Chooses the job that the actions are for; empty for none. */
    void choose(String id) {
        chosen = id;
        refresh();
    }

    /** The job that the actions are for. */
    Optional<BatchJob> chosen() {
        return feed.get().newest().stream()
                .flatMap(List::stream)
                .filter(job -> job.id().equals(chosen))
                .findFirst();
    }

    private void refresh() {
        actions.set(BatchActions.of(chosen()).withBusy(cancelling, saving));
    }

    /**
     * Starts a job.
     *
     * @param version empty for the champion
     * @param keep names with commas between them
     */
    void submit(String model, String version, Path file, String keep, String form) {
        if (sending.get()) {
            return;
        }
        sending.set(true);
        said.set("");
        List<String> columns =
                Arrays.stream(keep.split(","))
                        .map(String::strip)
                        .filter(name -> !name.isEmpty())
                        .toList();
        NewJob job = new NewJob(UUID.randomUUID().toString(), model, version, file, columns, form);
        Reply.to(screen, gateway.submit(job), this::submitted);
    }

    private void submitted(Outcome<BatchJob> outcome) {
        sending.set(false);
        switch (outcome) {
            case Outcome.Answered<BatchJob> answered -> chosen = answered.value().id();
            case Outcome.Failed<BatchJob> failed -> say(failed.failure());
        }
        jobs.ask();
    }

    void cancel() {
        chosen().filter(job -> actions.get().cancel().isEnabled()).ifPresent(this::cancel);
    }

    private void cancel(BatchJob job) {
        cancelling = true;
        said.set("");
        refresh();
        Reply.to(
                screen,
                gateway.cancel(job.id(), UUID.randomUUID().toString()),
                outcome -> {
                    cancelling = false;
                    if (outcome instanceof Outcome.Failed<BatchJob> failed) {
                        say(failed.failure());
                    }
                    refresh();
                    jobs.ask();
                });
    }

    /** Saves the result of the chosen job. */
    void save(Path file) {
        chosen().filter(job -> actions.get().save().isEnabled()).ifPresent(job -> save(job, file));
    }

    private void save(BatchJob job, Path file) {
        saving = true;
        said.set("");
        refresh();
        Reply.to(
                screen,
                gateway.save(job.id(), file),
                outcome -> {
                    saving = false;
                    switch (outcome) {
                        case Outcome.Answered<Path> answered ->
                                said.set("Saved as " + answered.value());
                        case Outcome.Failed<Path> failed -> say(failed.failure());
                    }
                    refresh();
                });
    }

    private void say(ServiceFailure failure) {
        said.set(failure.title() + ": " + failure.message());
    }

    ReadOnlyObjectProperty<Feed<List<BatchJob>>> feedProperty() {
        return feed.getReadOnlyProperty();
    }

    ReadOnlyObjectProperty<List<ModelChoice>> modelsProperty() {
        return models.getReadOnlyProperty();
    }

    ReadOnlyObjectProperty<BatchActions> actionsProperty() {
        return actions.getReadOnlyProperty();
    }

    /** Whether a file is on its way. */
    ReadOnlyObjectProperty<Boolean> sendingProperty() {
        return sending.getReadOnlyProperty();
    }

    /** What came of the last action, where the table does not show it. */
    ReadOnlyStringProperty saidProperty() {
        return said.getReadOnlyProperty();
    }
}
