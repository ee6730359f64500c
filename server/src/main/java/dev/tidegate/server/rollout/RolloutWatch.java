package dev.tidegate.server.rollout;

import dev.tidegate.server.identity.Principal;
import dev.tidegate.server.platform.storage.Database;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/** What one watcher of one rollout has not seen yet. */
final class RolloutWatch {
    /** Points of one message; a message of them has less than 1 MB. */
    static final int PAGE = 1000;

    private final Database database;
    private final RolloutTable table;
    private final RolloutViews views;
    private final UUID id;
    private final Principal by;
    private final Duration history;
    private long position;
    private boolean first = true;
    private boolean more;

    RolloutWatch(
            Database database,
            RolloutTable table,
            RolloutViews views,
            UUID id,
            Principal by,
            Duration history) {
        this.database = database;
        this.table = table;
        this.views = views;
        this.id = id;
        this.by = by;
        this.history = history;
    }

    /**
     * Returns the rollout as it is now, with the points since the last call, {@link #PAGE} at the
     * most.
     */
    Optional<News> news() {
        return Optional.of(database.snapshot(this::read));
    }

    /** Returns whether the last call left points for the next. */
    boolean hasMore() {
        return more;
    }

    private News read(Handle handle) {
        RolloutView view = views.of(handle, table.get(handle, id), by);
        Instant since = first ? before(view.asOf(), history) : Instant.EPOCH;
        List<PathPoint> points =
                first && history.isZero()
                        ? List.of()
                        : views.path(handle, view.rollout(), position, since, PAGE);
        first = false;
        more = points.size() == PAGE;
        position =
                points.isEmpty()
                        ? Math.max(
                                position,
                                view.reading().map(r -> r.snapshot().foldPosition()).orElse(0L))
                        : points.getLast().foldPosition();
        return new News(view, points);
    }

    private static Instant before(Instant time, Duration span) {
        return span.compareTo(Duration.between(Instant.EPOCH, time)) > 0
                ? Instant.EPOCH
                : time.minus(span);
    }

    /** One message to a watcher. */
    record News(RolloutView view, List<PathPoint> points) {}
}
