package dev.tidegate.server.predictionlog;

import dev.tidegate.server.journal.ArmEvent;
import dev.tidegate.server.platform.storage.Database;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/** Makes entries of predictions, some at a time, so that a visitor holds no connection. */
final class EntryPages {
    private static final int MOST = 256;
    private static final long MOST_BYTES = 1 << 20;

    private final Database database;
    private final EntryNames names;
    private final Predicate<PredictionEntry> visitor;
    private final List<ArmEvent> page = new ArrayList<>();
    private long bytes;

    EntryPages(Database database, EntryNames names, Predicate<PredictionEntry> visitor) {
        this.database = database;
        this.names = names;
        this.visitor = visitor;
    }

    /** Returns whether the visitor wants more. */
    boolean add(ArmEvent event) {
        page.add(event);
        bytes += (long) event.request().bytes().length + event.response().bytes().length;
        return (page.size() < MOST && bytes < MOST_BYTES) || show();
    }

    /** Shows what is left; returns whether the visitor wants more. */
    boolean show() {
        List<PredictionEntry> entries =
                database.read(
                        handle -> page.stream().map(event -> names.entry(handle, event)).toList());
        page.clear();
        bytes = 0;
        return entries.stream().allMatch(visitor);
    }
}
