package dev.tidegate.server.predictionlog;

import dev.tidegate.server.journal.ArmEvent;
import dev.tidegate.server.platform.storage.Database;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/** Finds predictions in the Parquet files, reading no more of them than it must. */
@Singleton
final class LogFileSearch {
    /** Ids of one reading. */
    private static final int IDS = 500;

    private final LogFileTable table;
    private final LogFileReader reader;

    LogFileSearch(LogFileTable table, LogFileReader reader) {
        this.table = table;
        this.reader = reader;
    }

    /** Returns the files that may have one of these ids. */
    List<LogFile> spanning(Handle handle, Collection<UUID> ids) {
        return table.spanning(handle, ids);
    }

    /** Returns the files that may have a client's id, newest first. */
    List<LogFile> ofClient(Handle handle, String clientId) {
        return table.ofClient(handle, clientId);
    }

    /** Returns the files that may have some of the newest, behind an id, newest first. */
    List<LogFile> newest(Handle handle, KnownFilter filter, UUID floor, int limit) {
        return table.newest(handle, filter, floor, limit);
    }

    /** Returns how many predictions a filter leaves of files that need not be read for it. */
    long count(Handle handle, KnownFilter filter) {
        return table.count(handle, filter);
    }

    /** Returns the files that have to be read to count. */
    List<LogFile> around(Handle handle, KnownFilter filter) {
        return table.around(handle, filter);
    }

    long count(List<LogFile> files, KnownFilter filter) {
        return reader.count(files, filter);
    }

    List<ArmEvent> whole(List<LogFile> files, Collection<UUID> ids) {
        return reader.whole(files, ids);
    }

    List<ArmEvent> lines(List<LogFile> files, Collection<UUID> ids) {
        List<UUID> all = List.copyOf(ids);
        List<ArmEvent> found = new ArrayList<>();
        for (int i = 0; i < all.size(); i += IDS) {
            List<UUID> some = all.subList(i, Math.min(all.size(), i + IDS));
            found.addAll(
                    reader.lines(
                            files.stream()
                                    .filter(file -> some.stream().anyMatch(file::spans))
                                    .toList(),
                            some));
        }
        return found;
    }

    /**
     * Adds a client's predictions.
     *
     * @param newestFirst files
     */
    void addOfClient(List<LogFile> newestFirst, String clientId, int limit, NewestEvents newest) {
        for (LogFile file : newestFirst) {
            if (newest.canUse(file.last())) {
                reader.addOfClient(file, clientId, limit, newest);
            }
        }
    }

    /**
     * Adds what a filter leaves.
     *
     * @param newestFirst files
     */
    void addNewest(List<LogFile> newestFirst, KnownFilter filter, int limit, NewestEvents newest) {
        for (LogFile file : newestFirst) {
            if (newest.canUse(file.last())) {
                reader.newest(file, filter, limit).forEach(newest::add);
            }
        }
    }

    /** Shows a model's predictions of a time. */
    void scan(
            Database database,
            BlockStore blocks,
            long model,
            PredictionRange range,
            EntryPages pages) {
        new LogScan(
                        database,
                        blocks,
                        table,
                        reader,
                        model,
                        LogHour.firstIdOf(range.from()),
                        LogHour.firstIdOf(range.to()),
                        pages::add)
                .run();
        pages.show();
    }
}
