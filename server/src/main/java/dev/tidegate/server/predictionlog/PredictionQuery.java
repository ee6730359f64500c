package dev.tidegate.server.predictionlog;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A filter as a condition on the table, with what is bound to its names. */
final class PredictionQuery {
    private final List<String> conditions = new ArrayList<>();
    private final Map<String, Object> values = new LinkedHashMap<>();

    PredictionQuery(PredictionFilter filter) {
        filter.model()
                .ifPresent(
                        name ->
                                and(
                                        "model_id in (select id from model where name = :model)",
                                        "model",
                                        name));
        filter.version()
                .ifPresent(
                        name ->
                                and(
                                        "routed_version_id in"
                                                + " (select id from model_version where version = :version)",
                                        "version",
                                        name));
        filter.rollout()
                .ifPresent(
                        id ->
                                and(
                                        "route_epoch in (select epoch from route where rollout_id = :rollout)",
                                        "rollout",
                                        id));
        filter.since()
                .ifPresent(oldest -> and("id >= :oldest", "oldest", LogHour.firstIdOf(oldest)));
        if (filter.failedOnly()) {
            conditions.add("outcome <> 1");
        }
    }

    private void and(String condition, String name, Object value) {
        conditions.add(condition);
        values.put(name, value);
    }

    String condition() {
        return conditions.isEmpty() ? "true" : String.join(" and ", conditions);
    }

    Map<String, Object> values() {
        return values;
    }
}
