package dev.tidegate.workbench.batch;

import java.nio.file.Path;
import java.util.List;

/**
 * What a person asks for.
 *
 * @param requestId a repeat with the same id is answered with the first job
 * @param keep columns of the file that are copied to the result
 * @param form of the result: csv, json or parquet
 */
record NewJob(
        String requestId, String model, String version, Path file, List<String> keep, String form) {
    NewJob {
        keep = List.copyOf(keep);
    }
}
