package dev.tidegate.server.predictionlog;

import dev.tidegate.server.journal.ArmEvent;
import dev.tidegate.server.platform.duckdb.DuckDb;
import dev.tidegate.server.platform.duckdb.DuckDbLimits;
import dev.tidegate.server.platform.error.TidegateException;
import dev.tidegate.server.platform.storage.Database;
import jakarta.inject.Singleton;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Writes what the database has of an hour as Parquet files; the same gives the same files. */
@Singleton
final class LogFileWriter {
    /** Predictions of one file. */
    private static final long MOST_ROWS = 1_000_000;

    /** Bytes of texts and messages of one file, before they are compressed. */
    private static final long MOST_BYTES = 256L << 20;

    private final Database database;
    private final BlockStore blocks;
    private final LogFileStore files;
    private final LogSettingsTable settings;
    private final DuckDbLimits limits;
    private final LaterRedaction redaction;

    LogFileWriter(
            Database database,
            BlockStore blocks,
            LogFileStore files,
            LogSettingsTable settings,
            DuckDbLimits limits,
            LaterRedaction redaction) {
        this.database = database;
        this.blocks = blocks;
        this.files = files;
        this.settings = settings;
        this.limits = limits;
        this.redaction = redaction;
    }

    /** Returns the files, which lie in their places; nobody knows of them yet. */
    List<NewLogFile> write(LogHour hour) {
        Path incoming = files.incoming();
        try {
            return write(hour, incoming);
        } finally {
            files.leave(incoming);
        }
    }

    private List<NewLogFile> write(LogHour hour, Path incoming) {
        List<NewLogFile> written = new ArrayList<>();
        for (long model : models(hour)) {
            try (DuckDb duckDb = DuckDb.open(limits, List.of(incoming));
                    Model one = new Model(hour, model, incoming, duckDb)) {
                written.addAll(one.write());
            }
        }
        return written;
    }

    private List<Long> models(LogHour hour) {
        return database.read(
                handle ->
                        handle.createQuery(
                                        "select distinct model from prediction_block, unnest(models) as model"
                                                + " where bucket >= :first and bucket < :end order by model")
                                .bind("first", hour.firstBucket().number())
                                .bind("end", hour.plus(1).firstBucket().number())
                                .mapTo(Long.class)
                                .list());
    }

    /** One model's hour. */
    private final class Model implements AutoCloseable {
        private final LogHour hour;
        private final long model;
        private final Path incoming;
        private final EntryNames names = new EntryNames(settings);
        private final Map<Long, String> versions = new HashMap<>();
        private final List<NewLogFile> written = new ArrayList<>();
        private final DuckDb duckDb;
        private LogFilePart part;

        Model(LogHour hour, long model, Path incoming, DuckDb duckDb) {
            this.hour = hour;
            this.model = model;
            this.incoming = incoming;
            this.duckDb = duckDb;
            part = new LogFilePart(duckDb);
        }

        List<NewLogFile> write() {
            BlockScan scan =
                    new BlockScan(database, blocks, model, hour.firstId(), hour.plus(1).firstId());
            if (scan.run(this::add) != BlockScan.End.REACHED) {
                throw TidegateException.unavailable(
                        "predictions of %s left the database while they were written"
                                .formatted(hour.begin()));
            }
            if (part.rows() > 0) {
                keep();
            }
            return written;
        }

        private boolean add(ArmEvent event) {
            if (part.rows() >= MOST_ROWS || part.bytes() >= MOST_BYTES) {
                keep();
                part.close();
                part = new LogFilePart(duckDb);
            }
            part.add(
                    redaction.of(event),
                    version(event.routedVersionId()),
                    version(event.answeredVersionId()));
            return true;
        }

        private void keep() {
            String name = database.read(handle -> names.model(handle, model));
            Path file = incoming.resolve(model + ".parquet");
            written.add(part.keep(files, file, name, model, hour));
        }

        private String version(long id) {
            return versions.computeIfAbsent(
                    id, number -> database.read(handle -> names.version(handle, number)));
        }

        @Override
        public void close() {
            part.close();
        }
    }
}
