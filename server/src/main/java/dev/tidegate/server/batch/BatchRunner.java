package dev.tidegate.server.batch;

import dev.tidegate.server.platform.error.ErrorCode;
import dev.tidegate.server.platform.error.ErrorKind;
import dev.tidegate.server.platform.error.TidegateException;
import dev.tidegate.server.platform.lifecycle.Startup;
import dev.tidegate.server.platform.time.MonotonicClock;
import dev.tidegate.server.platform.time.PeriodicTask;
import dev.tidegate.server.predictionlog.KeptMessages;
import dev.tidegate.server.registry.ModelRegistry;
import dev.tidegate.server.registry.RegisteredVersion;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs this replica's share of the jobs, one at a time on one thread of low priority. */
@Singleton
final class BatchRunner implements Startup, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(BatchRunner.class);
    private static final Duration PERIOD = Duration.ofSeconds(1);

    static final String RESTARTED =
            "its server was stopped; another one, or its next start, begins it again";

    private final BatchBook book;
    private final BatchFiles files;
    private final ModelRegistry registry;
    private final BatchAttempts attempts;
    private final KeptMessages kept;
    private final MonotonicClock clock;
    private volatile @Nullable PeriodicTask task;
    private volatile @Nullable BatchAttempt current;
    private volatile boolean closing;
    private boolean lowered;

    BatchRunner(
            BatchBook book,
            BatchFiles files,
            ModelRegistry registry,
            BatchAttempts attempts,
            KeptMessages kept,
            MonotonicClock clock) {
        this.book = book;
        this.files = files;
        this.registry = registry;
        this.attempts = attempts;
        this.kept = kept;
        this.clock = clock;
    }

    @Override
    public int getOrder() {
        return CONTROLLERS;
    }

    @Override
    public void start() {
        task = PeriodicTask.start("batch-runner", PERIOD, this::round);
    }

    /** Looks for jobs now. */
    void wake() {
        PeriodicTask running = task;
        if (running != null) {
            running.wake();
        }
    }

    /** Stops the job if this replica runs it. */
    void stop(UUID id) {
        BatchAttempt running = current;
        if (running != null && running.id().equals(id)) {
            running.stop();
        }
    }

    private void round() {
        if (!lowered) {
            ThreadNiceness.lower();
            lowered = true;
        }
        for (Optional<BatchJob> job = take(); job.isPresent(); job = take()) {
            run(job.get());
        }
    }

    private Optional<BatchJob> take() {
        return closing ? Optional.empty() : book.take(files::has);
    }

    private void run(BatchJob job) {
        try {
            attempt(job);
        } catch (BatchStop e) {
            LOG.info("batch job {} is stopped", job.id());
            if (closing) {
                book.putBack(job, RESTARTED);
            }
        } catch (VersionAwayException e) {
            putAside(job, reason(job, String.valueOf(e.getMessage())));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            book.putBack(job, RESTARTED);
        } catch (TidegateException e) {
            if (e.code().kind() == ErrorKind.UNAVAILABLE) {
                putAside(job, e.text());
            } else {
                boolean ofRows = e.code() == ErrorCode.INVALID_ARGUMENT;
                book.fail(job, ofRows ? reason(job, e.text()) : e.text());
            }
        } catch (RuntimeException | Error e) {
            LOG.error("batch job {} failed", job.id(), e);
            book.fail(job, reason(job, "it failed within the server: " + e));
        } finally {
            current = null;
        }
    }

    /** What a job needs may be away because this server ends. */
    private void putAside(BatchJob job, String reason) {
        if (closing) {
            book.putBack(job, RESTARTED);
            return;
        }
        LOG.warn("batch job {} waits: {}", job.id(), reason);
        book.putAside(job, "it waits: " + reason);
    }

    private void attempt(BatchJob job) throws InterruptedException {
        RegisteredVersion version = registry.byId(job.versionId()).orElseThrow();
        BatchAttempt attempt = attempts.of(job, version, () -> files.verified(job.input()));
        current = attempt;
        if (closing) {
            attempt.stop();
        }
        try (BatchUpload upload = files.begin()) {
            BatchProgress end = attempt.run(upload, new ProgressReport(book, job, clock));
            upload.holdsBeside(0);
            files.keep(
                    upload,
                    tx -> {
                        if (!book.succeed(tx, job, upload.end(), end)) {
                            throw new BatchStop();
                        }
                        return true;
                    });
        }
    }

    private String reason(BatchJob job, String text) {
        return registry.byId(job.versionId())
                .map(version -> kept.reason(version.modelId(), text))
                .orElse(text);
    }

    /** Stops the job that runs; whoever takes it next begins it again. */
    @Override
    @PreDestroy
    public void close() {
        closing = true;
        BatchAttempt running = current;
        if (running != null) {
            running.stop();
        }
        PeriodicTask started = task;
        if (started != null) {
            started.close();
        }
    }
}
