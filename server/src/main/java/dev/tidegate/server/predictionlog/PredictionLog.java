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
import org.jdbi.v3.core.Handle;

/** The hot window of what was asked and answered; a fraction of a second behind the replies. */
@Singleton
public final class PredictionLog {
    /** Entries with one client's id that are found at most: some clients send the same always. */
    private static final int MOST_OF_CLIENT = 1_000;

    private final Database database;
    private final JournalOffsets offsets;
    private final BlockStore store;
    private final BlockSearch search;
    private final LogSettingsTable settings;

    PredictionLog(
            Database database,
            JournalOffsets offsets,
            BlockStore store,
            BlockSearch search,
            LogSettingsTable settings) {
        this.database = database;
        this.offsets = offsets;
        this.store = store;
        this.search = search;
        this.settings = settings;
    }

    /**
     * Returns the entries with an id, newest first, with their messages: one for the server's id,
     * perhaps several for a client's own, of which the newest thousand as far as their messages
     * stay within a mebibyte.
     */
    public List<PredictionEntry> find(String requestId) {
        return database.transaction(
                tx -> {
                    List<ArmEvent> found = new ArrayList<>();
                    asUuid(requestId).ifPresent(id -> found.addAll(search.withId(tx, id)));
                    if (!requestId.isEmpty()) {
                        found.addAll(search.ofClient(tx, requestId, MOST_OF_CLIENT));
                    }
                    return entries(
                            tx,
                            found.stream().distinct().sorted(NewestEvents.NEWEST_FIRST).toList());
                });
    }

    private List<PredictionEntry> entries(Handle handle, List<ArmEvent> events) {
        EntryNames names = new EntryNames(settings);
        return events.stream().map(event -> names.entry(handle, event)).toList();
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
        return database.read(
                handle -> {
                    EntryNames names = new EntryNames(settings);
                    Map<UUID, PredictionEntry> found = new LinkedHashMap<>();
                    Set<UUID> wanted = new HashSet<>(ids);
                    search.withIds(
                            handle,
                            wanted,
                            event -> found.put(event.predictionId(), names.line(handle, event)));
                    return found;
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
        filter.models()
                .ifPresent(
                        ids ->
                                ids.forEach(
                                        id ->
                                                new LogScan(
                                                                database, store, settings, id,
                                                                range, visitor)
                                                        .run()));
    }

    /**
     * Returns the newest entries, newest first, without their messages.
     *
     * @throws dev.tidegate.server.platform.error.TidegateException with kind not found when the
     *     filter names what is unknown
     */
    public List<PredictionEntry> list(PredictionFilter filter, int limit) {
        return database.read(
                handle -> {
                    EntryNames names = new EntryNames(settings);
                    return search.newest(handle, KnownFilter.of(handle, filter), limit).stream()
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
        return database.read(handle -> search.count(handle, KnownFilter.of(handle, filter)));
    }

    /** Returns the predictions that could not be kept since the first start. */
    public long lost() {
        return database.read(handle -> offsets.lost(handle, JournalReaderName.PREDICTION_LOG));
    }
}
