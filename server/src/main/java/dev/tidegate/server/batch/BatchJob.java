package dev.tidegate.server.batch;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A batch job as it stands.
 *
 * @param message why it ended so or waits; empty when there is nothing to say
 * @param inputName the file's name, whose ending says its form
 * @param keep columns of the input that are copied to the result
 * @param seconds running time of the last attempt so far
 * @param attempts how often it was begun
 * @param waits how often in a row it was put aside because it could not go on
 * @param output of a job that has succeeded, null before
 */
record BatchJob(
        UUID id,
        long versionId,
        String model,
        String version,
        BatchState state,
        String message,
        String inputName,
        StoredFile input,
        ResultForm form,
        List<String> keep,
        BatchProgress progress,
        double seconds,
        int attempts,
        int waits,
        @Nullable StoredFile output,
        String submittedBy,
        Instant submittedAt,
        @Nullable Instant startedAt,
        @Nullable Instant endedAt) {
    BatchJob {
        keep = List.copyOf(keep);
    }

    /** Returns the name that audit events use. */
    static String subject(UUID id) {
        return "batch/" + id;
    }
}
