package dev.tidegate.server.predictionlog;

import dev.tidegate.server.journal.ArmEvent;
import dev.tidegate.server.platform.storage.Database;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Predicate;

/**
 * Shows one model's predictions of a time in the order of their ids, from the database and from
 * Parquet files, hour by hour.
 *
 * <p>An hour may go from the one to the others while it is shown. What was shown by then is all
 * that comes before the last one shown, so the scan goes on behind that one with the files that are
 * there now.
 */
final class LogScan {
    private final Database database;
    private final BlockStore blocks;
    private final LogFileTable table;
    private final LogFileReader files;
    private final long model;
    private final UUID to;
    private final Predicate<ArmEvent> visitor;
    private UUID next;
    private boolean stopped;

    /**
     * @param from smallest id
     * @param to id behind the largest
     * @param visitor returns whether to go on
     */
    LogScan(
            Database database,
            BlockStore blocks,
            LogFileTable table,
            LogFileReader files,
            long model,
            UUID from,
            UUID to,
            Predicate<ArmEvent> visitor) {
        this.database = database;
        this.blocks = blocks;
        this.table = table;
        this.files = files;
        this.model = model;
        this.to = to;
        this.visitor = visitor;
        next = from;
    }

    void run() {
        Optional<LogHour> hour = hour();
        while (hour.isPresent() && !stopped) {
            UUID begin = hour.get().firstId();
            UUID end = hour.get().plus(1).firstId();
            next = IdOrder.compare(begin, next) > 0 ? begin : next;
            show(hour.get(), IdOrder.compare(end, to) < 0 ? end : to);
            next = end;
            hour = hour();
        }
    }

    /** Returns the next hour that has predictions in one or the other. */
    private Optional<LogHour> hour() {
        if (IdOrder.compare(next, to) >= 0) {
            return Optional.empty();
        }
        LogHour last = LogBucket.of(to).hour();
        Optional<LogHour> inDatabase =
                blocks(to).firstBucket().map(bucket -> new LogBucket(bucket).hour());
        Optional<LogHour> inFiles =
                database.read(handle -> table.hourFrom(handle, model, LogBucket.of(next).hour()))
                        .filter(hour -> hour.compareTo(last) <= 0);
        return inDatabase.isPresent()
                        && (inFiles.isEmpty() || inDatabase.get().compareTo(inFiles.get()) < 0)
                ? inDatabase
                : inFiles;
    }

    private BlockScan blocks(UUID end) {
        return new BlockScan(database, blocks, model, next, end);
    }

    private void show(LogHour hour, UUID end) {
        boolean whole = false;
        while (!whole && !stopped) {
            List<LogFile> before = files(hour);
            try (LogFileRows rows = files.open(before, next, end)) {
                whole =
                        blocks(end).run(event -> show(event, rows)) == BlockScan.End.REACHED
                                && before.equals(files(hour));
                if (whole) {
                    rows.showBefore(end, this::show);
                }
            }
        }
    }

    private List<LogFile> files(LogHour hour) {
        return database.read(handle -> table.ofHour(handle, model, hour));
    }

    private boolean show(ArmEvent event, LogFileRows rows) {
        return rows.showBefore(event.predictionId(), this::show) && show(event);
    }

    private boolean show(ArmEvent event) {
        next = IdOrder.after(event.predictionId());
        stopped = !visitor.test(event);
        return !stopped;
    }
}
