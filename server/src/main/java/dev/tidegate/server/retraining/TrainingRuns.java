package dev.tidegate.server.retraining;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tidegate.server.identity.Principal;
import dev.tidegate.server.registry.ArtifactStore;
import dev.tidegate.server.registry.ArtifactUpload;
import dev.tidegate.server.registry.NewVersion;
import dev.tidegate.server.registry.RegisteredVersion;
import dev.tidegate.server.registry.VersionRegistration;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.function.Consumer;

/** Runs retrainings for a server: queued, launched, and their models registered. */
@Singleton
final class TrainingRuns {
    private final TrainingLauncher launcher;
    private final VersionRegistration registration;
    private final ArtifactStore artifacts;
    private final TrainingBook book;
    private final Semaphore slots;
    private final Set<UUID> running = ConcurrentHashMap.newKeySet();

    TrainingRuns(
            TrainingLauncher launcher,
            VersionRegistration registration,
            ArtifactStore artifacts,
            TrainingBook book,
            RetrainingConfig config) {
        this.launcher = launcher;
        this.registration = registration;
        this.artifacts = artifacts;
        this.book = book;
        this.slots = new Semaphore(config.concurrentRuns(), true);
    }

    /**
     * Returns the run's report once its model is registered, with the version's name and the
     * artifact's digest.
     *
     * @throws InterruptedException when this thread was interrupted; nothing is registered then
     */
    TrainingReport run(
            TrainingOrder order, Principal principal, Consumer<TrainingProgress> listener)
            throws InterruptedException {
        UUID run = order.request().run();
        running.add(run);
        try {
            book.queue(order.request(), principal.name());
            return carryOut(order, principal, new RunRecord(book, run, principal.name(), listener));
        } finally {
            running.remove(run);
        }
    }

    /** Returns the runs that this server has not ended yet. */
    Set<UUID> running() {
        return Set.copyOf(running);
    }

    private TrainingReport carryOut(TrainingOrder order, Principal principal, RunRecord record)
            throws InterruptedException {
        try {
            TrainingReport report = launch(order.request(), record);
            RegisteredVersion version = register(order, report, principal);
            report(
                    order.request(),
                    record,
                    TrainingState.REGISTERED,
                    "registered as " + version.label());
            return report.registered(version.version(), "sha256:" + version.digest());
        } catch (RuntimeException | InterruptedException e) {
            record.end(e);
            throw e;
        }
    }

    private TrainingReport launch(TrainingRequest request, Consumer<TrainingProgress> listener)
            throws InterruptedException {
        if (!slots.tryAcquire()) {
            report(request, listener, TrainingState.QUEUED, "waiting for another run to end");
            slots.acquire();
        }
        try {
            return launcher.launch(request, listener);
        } finally {
            slots.release();
        }
    }

    private RegisteredVersion register(
            TrainingOrder order, TrainingReport report, Principal principal) {
        Path results = order.request().out();
        NewVersion version =
                new NewVersion(
                        order.requestId(),
                        order.expectedRevision(),
                        order.request().model(),
                        order.request().version().orElse(""),
                        order.aliases(),
                        signature(results),
                        json(report));
        try (ArtifactUpload upload = artifacts.upload(results.resolve(TrainingFolder.MODEL))) {
            return registration.register(
                    version,
                    upload,
                    principal,
                    (tx, registered) ->
                            book.registered(tx, report.run(), registered, principal.name()));
        }
    }

    private static void report(
            TrainingRequest request,
            Consumer<TrainingProgress> listener,
            TrainingState state,
            String message) {
        listener.accept(new TrainingProgress(request.run(), state, message));
    }

    private static String signature(Path results) {
        try {
            return Files.readString(results.resolve(TrainingFolder.SIGNATURE));
        } catch (IOException e) {
            throw new UncheckedIOException("the training left no signature", e);
        }
    }

    static String json(TrainingReport report) {
        try {
            return new ObjectMapper().writeValueAsString(report);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a report always has a JSON form", e);
        }
    }
}
