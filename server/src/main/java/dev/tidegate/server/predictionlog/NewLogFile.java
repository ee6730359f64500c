package dev.tidegate.server.predictionlog;

import java.util.UUID;

/**
 * A Parquet file that lies in its place and is not noted yet.
 *
 * @param path below the folder of the log in the artifact store
 * @param sha256 of its content, 64 lower-case hex digits
 * @param bytes of the file
 * @param first smallest id
 * @param last largest id
 * @param summary how many predictions of each kind
 * @param clients the clients' own ids
 */
record NewLogFile(
        long modelId,
        LogHour hour,
        String path,
        String sha256,
        long bytes,
        UUID first,
        UUID last,
        BlockSummary summary,
        ClientFilter clients) {}
