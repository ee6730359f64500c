package dev.tidegate.server.batch;

import dev.tidegate.server.inference.BulkInference;
import dev.tidegate.server.platform.duckdb.DuckDbLimits;
import dev.tidegate.server.platform.error.ErrorCode;
import dev.tidegate.server.platform.error.ErrorKind;
import dev.tidegate.server.platform.error.TidegateException;
import dev.tidegate.server.platform.lifecycle.Startup;
import dev.tidegate.server.platform.time.MonotonicClock;
import dev.tidegate.server.platform.time.PeriodicTask;
import dev.tidegate.server.predictionlog.KeptMessages;
import dev.tidegate.server.registry.ArtifactUpload;
import dev.tidegate.server.registry.ModelRegistry;
import dev.tidegate.server.registry.RegisteredVersion;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.UncheckedIOException;
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

    /** How long a job whose version is away lets others go first. */
    private static final Duration WHILE_AWAY = Duration.ofSeconds(10);

    static final String RESTARTED =
            "its server was stopped; another one, or its next start, begins it again";

    private final BatchBook book;
    private final BatchFiles files;
    private final ModelRegistry registry;
    private final BulkInference inference;
    private final MonotonicClock clock;
    private final KeptMessages kept;
    private final DuckDbLimits duckDb;
    private final BatchConfig config;
    private volatile @Nullable PeriodicTask task;
    private volatile @Nullable BatchAttempt current;
    private volatile boolean closing;
    private boolean lowered;

    BatchRunner(
            BatchBook book,
            BatchFiles files,
            ModelRegistry registry,
            BulkInference inference,
            MonotonicClock clock,
            KeptMessages kept,
            DuckDbLimits duckDb,
            BatchConfig config) {
        this.book = book;
        this.files = files;
        this.registry = registry;
        this.inference = inference;
        this.clock = clock;
        this.kept = kept;
        this.duckDb = duckDb;
        this.config = config;
    }

    @Override
    public int getOrder() {
        return CONTROLLERS;
    }

    @Override
    public void start() {
        try {
            ParquetResult.sweep(duckDb);
        } catch (IOException e) {
            throw new UncheckedIOException("folder " + duckDb.temporary() + " cannot be swept", e);
        }
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
                book.putBack(job, RESTARTED, Duration.ZERO);
            }
        } catch (VersionAwayException e) {
            LOG.warn("batch job {} waits: {}", job.id(), e.getMessage());
            book.putBack(job, "it waits: " + e.getMessage(), WHILE_AWAY);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            book.putBack(job, RESTARTED, Duration.ZERO);
        } catch (TidegateException e) {
            if (e.code().kind() == ErrorKind.UNAVAILABLE) {
                throw e;
            }
            boolean ofRows = e.code() == ErrorCode.INVALID_ARGUMENT;
            book.fail(job, ofRows ? reason(job, e.text()) : e.text());
        } catch (RuntimeException | Error e) {
            LOG.error("batch job {} failed", job.id(), e);
            book.fail(job, reason(job, "it failed within the server: " + e));
        } finally {
            current = null;
        }
    }

    private void attempt(BatchJob job) throws InterruptedException {
        RegisteredVersion version = registry.byId(job.versionId()).orElseThrow();
        BatchAttempt attempt =
                new BatchAttempt(
                        job,
                        version,
                        files.verified(job.input()),
                        inference,
                        clock,
                        kept,
                        duckDb,
                        config);
        current = attempt;
        if (closing) {
            attempt.stop();
        }
        try (ArtifactUpload upload = files.begin()) {
            BatchProgress end = attempt.run(upload, new ProgressReport(book, job, clock));
            files.keep(
                    upload,
                    tx -> {
                        StoredFile output = new StoredFile(upload.digest(), upload.bytes());
                        if (!book.succeed(tx, job, output, end)) {
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
