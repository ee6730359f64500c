package dev.tidegate.workbench.batch;

import java.time.Instant;

/**
 * A batch job as the server tells it.
 *
 * @param message why it ended so; empty when there is nothing to say
 * @param input name of the file
 * @param form of the result: csv, json or parquet
 * @param progress share of the input that has been read, 0 to 1
 * @param seconds running time of the last attempt
 * @param hasResult whether its result is there to be saved
 */
record BatchJob(
        String id,
        String model,
        String version,
        BatchState state,
        String message,
        String input,
        String form,
        long rows,
        long failed,
        double progress,
        double seconds,
        boolean hasResult,
        String by,
        Instant submittedAt) {}
