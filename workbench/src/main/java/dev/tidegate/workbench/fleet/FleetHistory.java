package dev.tidegate.workbench.fleet;

import java.util.Map;
import java.util.TreeMap;

/**
 * Collects the fleet's seconds as they come, on the stream's thread, so that the screen may drop
 * frames but no data.
 */
final class FleetHistory {
    private final Object lock = new Object();

    /** By model. Guarded by lock. */
    private final Map<String, ModelHistory> models = new TreeMap<>();

    /** The fleet's state with the series of all models after this update. */
    FleetSnapshot add(FleetUpdate update) {
        synchronized (lock) {
            for (FleetSecond second : update.seconds()) {
                models.computeIfAbsent(second.model(), _ -> new ModelHistory()).add(second);
            }
            Map<String, ModelHistory.Series> series = new TreeMap<>();
            models.forEach((model, history) -> series.put(model, history.series()));
            return new FleetSnapshot(update.server(), update.models(), series);
        }
    }
}
