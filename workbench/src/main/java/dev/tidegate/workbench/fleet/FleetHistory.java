package dev.tidegate.workbench.fleet;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Collects the fleet's seconds as they come, on the stream's thread, so that the screen may drop
 * frames but no data.
 */
final class FleetHistory {
    private final Object lock = new Object();

    /** By name. Guarded by lock. */
    private final Map<String, ModelHistory> histories = new TreeMap<>();

    /** As they were told last. Guarded by lock. */
    private List<FleetModel> models = List.of();

    /** The fleet's state with the series of all models after this update. */
    FleetSnapshot add(FleetUpdate update) {
        synchronized (lock) {
            byModel(update.seconds())
                    .forEach(
                            (model, seconds) ->
                                    histories
                                            .computeIfAbsent(model, _ -> new ModelHistory())
                                            .add(seconds));
            update.server()
                    .newestEvidence()
                    .ifPresent(
                            closed ->
                                    histories
                                            .values()
                                            .forEach(
                                                    history ->
                                                            history.quietThrough(
                                                                    closed.getEpochSecond())));
            Map<String, ModelHistory.Series> series = new TreeMap<>();
            histories.forEach((model, history) -> series.put(model, history.series()));
            return new FleetSnapshot(update.server(), models(update), series);
        }
    }

    private static Map<String, List<FleetSecond>> byModel(List<FleetSecond> seconds) {
        Map<String, List<FleetSecond>> byModel = new TreeMap<>();
        seconds.forEach(
                second ->
                        byModel.computeIfAbsent(second.model(), _ -> new ArrayList<>())
                                .add(second));
        return byModel;
    }

    /** A server that has lost its database knows no models to somebody who connects only then. */
    private List<FleetModel> models(FleetUpdate update) {
        if (!update.models().isEmpty() || !update.server().isWithoutDatabase()) {
            models = update.models();
        }
        return models;
    }
}
