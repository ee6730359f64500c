package dev.tidegate.server.batch;

import dev.tidegate.server.inference.BulkInference;
import dev.tidegate.server.inference.BulkVersion;
import dev.tidegate.server.inference.RowInputs;
import dev.tidegate.server.inference.RowOutcome;
import dev.tidegate.server.inference.row.RowForm;
import dev.tidegate.server.inference.row.RowSource;
import dev.tidegate.server.platform.duckdb.DuckDbLimits;
import dev.tidegate.server.platform.error.TidegateException;
import dev.tidegate.server.platform.time.MonotonicClock;
import dev.tidegate.server.predictionlog.KeptMessages;
import dev.tidegate.server.registry.RegisteredVersion;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** One attempt at a job, from the first row to the last. */
final class BatchAttempt {
    private static final int BUFFER = 1 << 16;

    private final BatchJob job;
    private final RegisteredVersion version;
    private final Supplier<Path> input;
    private final BulkInference inference;
    private final MonotonicClock clock;
    private final KeptMessages kept;
    private final DuckDbLimits duckDb;
    private final BatchConfig config;
    private final BatchCounts counts;
    private volatile boolean stopped;
    private volatile @Nullable BulkVersion held;
    private long rows;
    private long failed;

    /**
     * @param input returns the job's file, whose content it has held against its digest
     */
    BatchAttempt(
            BatchJob job,
            RegisteredVersion version,
            Supplier<Path> input,
            BulkInference inference,
            MonotonicClock clock,
            KeptMessages kept,
            DuckDbLimits duckDb,
            BatchConfig config,
            BatchCounts counts) {
        this.job = job;
        this.version = version;
        this.input = input;
        this.inference = inference;
        this.clock = clock;
        this.kept = kept;
        this.duckDb = duckDb;
        this.config = config;
        this.counts = counts;
    }

    UUID id() {
        return job.id();
    }

    /** Ends the attempt, within a run if one is under way. */
    void stop() {
        stopped = true;
        BulkVersion running = held;
        if (running != null) {
            running.interrupt();
        }
    }

    /**
     * Answers all rows into the upload.
     *
     * @param report hears how far the attempt is after each chunk, and what it waits for
     * @throws BatchStop when it is not to go on
     * @throws VersionAwayException when the version answers nobody for now
     */
    BatchProgress run(BatchUpload upload, ProgressReport report) throws InterruptedException {
        try (BulkVersion running = hold();
                RowSource source =
                        RowSource.open(
                                input.get(), RowForm.of(job.inputName()), job.inputName(), duckDb);
                OutputStream out = new BufferedOutputStream(upload.stream(), BUFFER);
                ResultWriter result =
                        ResultWriter.to(
                                out, job.form(), ResultColumns.of(version, job.keep()), duckDb)) {
            held = running;
            RowPreparation preparation =
                    new RowPreparation(
                            source, running, job.keep(), config.rows(), job.input().bytes());
            PatientAnswers answers =
                    new PatientAnswers(
                            running,
                            clock,
                            config.patience(),
                            why -> report.waitsFor(kept.reason(version.modelId(), why)),
                            this::requireWanted);
            try (RowFeed feed = RowFeed.start(preparation::next)) {
                return run(answers, feed, result, upload, report);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("the result cannot be written", e);
        } finally {
            held = null;
        }
    }

    private BulkVersion hold() {
        try {
            return inference.hold(version);
        } catch (TidegateException e) {
            if (PatientAnswers.isAway(e)) {
                throw new VersionAwayException(e);
            }
            throw e;
        }
    }

    private BatchProgress run(
            PatientAnswers answers,
            RowFeed feed,
            ResultWriter result,
            BatchUpload upload,
            ProgressReport report)
            throws IOException, InterruptedException {
        for (RowChunk chunk = feed.next(); !chunk.isEnd(); chunk = feed.next()) {
            stepBack();
            write(chunk, outcomes(answers, chunk).iterator(), result);
            upload.holdsBeside(result.bytesBeside());
            if (!report.reached(new BatchProgress(rows, failed, chunk.share()))) {
                throw new BatchStop();
            }
        }
        requireWanted();
        upload.holdsBeside(2 * result.bytesBeside());
        result.finish();
        return new BatchProgress(rows, failed, 1);
    }

    /** Lets live requests go first, for a while. */
    private void stepBack() throws InterruptedException {
        long end = clock.nanos() + config.longestPause().toNanos();
        requireWanted();
        while (inference.isLiveTrafficWaiting() && clock.nanos() - end < 0) {
            Thread.sleep(1);
            requireWanted();
        }
    }

    private void requireWanted() {
        if (stopped) {
            throw new BatchStop();
        }
    }

    private List<RowOutcome> outcomes(PatientAnswers answers, RowChunk chunk)
            throws InterruptedException {
        List<RowInputs> inputs = new ArrayList<>(chunk.rows().size());
        for (PreparedRow row : chunk.rows()) {
            if (row.inputs() != null) {
                inputs.add(row.inputs());
            }
        }
        try {
            return answers.of(inputs);
        } catch (RuntimeException e) {
            requireWanted();
            throw e;
        }
    }

    private void write(RowChunk chunk, Iterator<RowOutcome> outcomes, ResultWriter result)
            throws IOException {
        for (PreparedRow row : chunk.rows()) {
            RowOutcome outcome =
                    row.inputs() == null ? new RowOutcome.Failed(row.problem()) : outcomes.next();
            boolean isAnswered = result.write(row, asKept(outcome));
            rows++;
            failed += isAnswered ? 0 : 1;
            counts.row(isAnswered);
        }
    }

    private RowOutcome asKept(RowOutcome outcome) {
        return switch (outcome) {
            case RowOutcome.Answered answered -> answered;
            case RowOutcome.Failed why ->
                    new RowOutcome.Failed(kept.reason(version.modelId(), why.reason()));
        };
    }
}
