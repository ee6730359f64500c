package dev.tidegate.server.predictionlog;

import dev.tidegate.server.journal.ArmEvent;
import dev.tidegate.server.journal.JournalOffsets;
import dev.tidegate.server.journal.JournalReaderName;
import dev.tidegate.server.platform.storage.Database;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Predicate;

/**
 * What was asked and answered, a fraction of a second behind the replies: newer predictions in the
 * database, older ones in Parquet files. Every reading looks into both, and fails when a file is
 * not as it was written.
 */
@Singleton
public final class PredictionLog {
    /** Entries with one client's id that are found at most: some clients send the same always. */
    private static final int MOST_OF_CLIENT = 1_000;

    /** Bytes of messages that a search finds at most: they go out as one answer. */
    private static final long MOST_BYTES = 1 << 20;

    private final Database database;
    private final JournalOffsets offsets;
    private final BlockStore store;
    private final BlockSearch search;
    private final LogFileSearch files;
    private final LogSettingsTable settings;

    PredictionLog(
            Database database,
            JournalOffsets offsets,
            BlockStore store,
            BlockSearch search,
            LogFileSearch files,
            LogSettingsTable settings) {
        this.database = database;
        this.offsets = offsets;
        this.store = store;
        this.search = search;
        this.files = files;
        this.settings = settings;
    }

    /**
     * Returns the entries with an id, newest first, with their messages: one for the server's id,
     * or else perhaps several for a client's own, of which the newest thousand as far as their
     * messages stay within a mebibyte.
     */
    public List<PredictionEntry> find(String requestId) {
        if (requestId.isEmpty()) {
            return List.of();
        }
        List<ArmEvent> ofServer = asUuid(requestId).map(this::withId).orElse(List.of());
        List<ArmEvent> found = ofServer.isEmpty() ? ofClient(requestId) : ofServer;
        return database.read(
                handle -> {
                    EntryNames names = new EntryNames(settings);
                    return found.stream()
                            .distinct()
                            .sorted(NewestEvents.NEWEST_FIRST)
                            .map(event -> names.entry(handle, event))
                            .toList();
                });
    }

    private List<ArmEvent> withId(UUID id) {
        Read<ArmEvent> read =
                database.transaction(
                        tx -> new Read<>(search.withId(tx, id), files.spanning(tx, List.of(id))));
        return read.inDatabase().isEmpty()
                ? files.whole(read.files(), List.of(id))
                : read.inDatabase();
    }

    private List<ArmEvent> ofClient(String clientId) {
        NewestEvents newest = new NewestEvents(MOST_OF_CLIENT, MOST_BYTES);
        List<LogFile> older =
                database.transaction(
                        tx -> {
                            search.addOfClient(tx, clientId, MOST_OF_CLIENT, newest);
                            return files.ofClient(tx, clientId);
                        });
        files.addOfClient(older, clientId, MOST_OF_CLIENT, newest);
        return newest.newestFirst();
    }

    private static Optional<UUID> asUuid(String text) {
        try {
            return text.length() == 36 ? Optional.of(UUID.fromString(text)) : Optional.empty();
        } catch (IllegalArgumentException notAnId) {
            return Optional.empty();
        }
    }

    /**
     * Returns the entries with these ids of the server, without their messages; an id that is not
     * in the log has none. Cheapest where the ids are of one time.
     */
    public Map<UUID, PredictionEntry> findAll(Collection<UUID> ids) {
        Set<UUID> wanted = new HashSet<>(ids);
        List<ArmEvent> found = new ArrayList<>();
        List<LogFile> older =
                database.transaction(
                        tx -> {
                            search.withIds(tx, Set.copyOf(wanted), found::add);
                            found.forEach(event -> wanted.remove(event.predictionId()));
                            return files.spanning(tx, wanted);
                        });
        found.addAll(files.lines(older, wanted));
        return database.read(
                handle -> {
                    EntryNames names = new EntryNames(settings);
                    Map<UUID, PredictionEntry> entries = new LinkedHashMap<>();
                    found.forEach(
                            event -> entries.put(event.predictionId(), names.line(handle, event)));
                    return entries;
                });
    }

    /**
     * Shows one model's entries of a time with their messages, in the order of their ids, which is
     * that of their arrival to the millisecond. Holds a few blocks in memory, and no connection
     * while the visitor works.
     *
     * @param visitor returns whether to go on
     * @throws dev.tidegate.server.platform.error.TidegateException with kind not found when the
     *     model is unknown
     */
    public void scan(PredictionRange range, Predicate<PredictionEntry> visitor) {
        KnownFilter filter =
                database.read(
                        handle ->
                                KnownFilter.of(
                                        handle, PredictionFilter.all().ofModel(range.model())));
        EntryPages pages = new EntryPages(database, new EntryNames(settings), visitor);
        filter.models()
                .ifPresent(ids -> ids.forEach(id -> files.scan(database, store, id, range, pages)));
    }

    /**
     * Returns the newest entries, newest first, without their messages.
     *
     * @throws dev.tidegate.server.platform.error.TidegateException with kind not found when the
     *     filter names what is unknown
     */
    public List<PredictionEntry> list(PredictionFilter filter, int limit) {
        NewestEvents newest = new NewestEvents(limit, MOST_BYTES);
        KnownFilter known = database.read(handle -> KnownFilter.of(handle, filter));
        List<LogFile> older =
                database.transaction(
                        tx -> {
                            search.newest(tx, known, limit).forEach(newest::add);
                            return files.newest(tx, known, newest.floor(), limit);
                        });
        files.addNewest(older, known, limit, newest);
        return database.read(
                handle -> {
                    EntryNames names = new EntryNames(settings);
                    return newest.newestFirst().stream()
                            .map(event -> names.line(handle, event))
                            .toList();
                });
    }

    /**
     * Returns how many entries the filter leaves.
     *
     * @throws dev.tidegate.server.platform.error.TidegateException with kind not found when the
     *     filter names what is unknown
     */
    public long count(PredictionFilter filter) {
        KnownFilter known = database.read(handle -> KnownFilter.of(handle, filter));
        Read<Long> read =
                database.transaction(
                        tx ->
                                new Read<>(
                                        List.of(search.count(tx, known), files.count(tx, known)),
                                        files.around(tx, known)));
        return read.inDatabase().stream().mapToLong(Long::longValue).sum()
                + files.count(read.files(), known);
    }

    /**
     * What the database has, and files that have more. Reading its blocks first holds them there
     * until the transaction ends, so what is in no block then is in one of the files.
     */
    private record Read<T>(List<T> inDatabase, List<LogFile> files) {}

    /** Returns the predictions that could not be kept since the first start. */
    public long lost() {
        return database.read(handle -> offsets.lost(handle, JournalReaderName.PREDICTION_LOG));
    }
}
