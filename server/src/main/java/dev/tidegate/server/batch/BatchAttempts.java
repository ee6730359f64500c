package dev.tidegate.server.batch;

import dev.tidegate.server.inference.BulkInference;
import dev.tidegate.server.platform.duckdb.DuckDbLimits;
import dev.tidegate.server.platform.time.MonotonicClock;
import dev.tidegate.server.predictionlog.KeptMessages;
import dev.tidegate.server.registry.RegisteredVersion;
import jakarta.inject.Singleton;
import java.nio.file.Path;
import java.util.function.Supplier;

/** Makes attempts at jobs, with all that they need of this server. */
@Singleton
final class BatchAttempts {
    private final BulkInference inference;
    private final MonotonicClock clock;
    private final KeptMessages kept;
    private final DuckDbLimits duckDb;
    private final BatchConfig config;
    private final BatchCounts counts;

    BatchAttempts(
            BulkInference inference,
            MonotonicClock clock,
            KeptMessages kept,
            DuckDbLimits duckDb,
            BatchConfig config,
            BatchCounts counts) {
        this.inference = inference;
        this.clock = clock;
        this.kept = kept;
        this.duckDb = duckDb;
        this.config = config;
        this.counts = counts;
    }

    /**
     * Returns an attempt that has not begun.
     *
     * @param input returns the job's file; asked once the version is in memory, since that takes
     *     long for a large one
     */
    BatchAttempt of(BatchJob job, RegisteredVersion version, Supplier<Path> input) {
        return new BatchAttempt(
                job, version, input, inference, clock, kept, duckDb, config, counts);
    }
}
