package dev.tidegate.server.predictionlog;

import dev.tidegate.server.journal.ArmEvent;
import dev.tidegate.server.platform.duckdb.DuckDb;
import dev.tidegate.server.platform.duckdb.ParquetWriter;
import dev.tidegate.server.registry.Sha256;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;

/** Predictions of one model and hour that become one Parquet file, in the order of their ids. */
final class LogFilePart implements AutoCloseable {
    private final ParquetWriter writer;
    private final BlockSummary summary = new BlockSummary();
    private final ClientFilter clients = new ClientFilter();
    private UUID first = new UUID(0, 0);
    private UUID last = new UUID(0, 0);

    LogFilePart(DuckDb duckDb) {
        writer = duckDb.writer(LogColumns.ALL);
    }

    void add(ArmEvent event, String version, String answered) {
        if (writer.rows() == 0) {
            first = event.predictionId();
        }
        last = event.predictionId();
        summary.add(event);
        clients.add(event.clientId());
        writer.add(LogColumns.cells(event, version, answered));
    }

    long rows() {
        return writer.rows();
    }

    long bytes() {
        return writer.bytes();
    }

    /**
     * Writes what was added into its place.
     *
     * @param file where it is written before
     */
    NewLogFile keep(LogFileStore store, Path file, String model, long modelId, LogHour hour) {
        writer.write(file);
        String sha256 = Sha256.of(file);
        try {
            long bytes = Files.size(file);
            String path = store.keep(file, sha256, model, hour);
            return new NewLogFile(
                    modelId, hour, path, sha256, bytes, first, last, summary, clients);
        } catch (IOException e) {
            throw new UncheckedIOException("file " + file + " cannot be read", e);
        }
    }

    @Override
    public void close() {
        writer.close();
    }
}
