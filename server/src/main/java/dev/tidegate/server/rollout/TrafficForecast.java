package dev.tidegate.server.rollout;

import dev.tidegate.server.platform.storage.Database;
import jakarta.inject.Singleton;
import java.util.List;

/** Says what a plan means at today's traffic. */
@Singleton
final class TrafficForecast {
    private final Database database;

    TrafficForecast(Database database) {
        this.database = database;
    }

    /** Returns what the writer of a plan should know. */
    List<String> warnings(String model, RolloutPlan plan) {
        long requests =
                database.read(
                        handle ->
                                handle.createQuery(
                                                "select coalesce(sum(e.requests), 0) from evidence_row e"
                                                        + " join evidence_batch b on b.boot = e.boot and b.sequence = e.sequence"
                                                        + " join model m on m.id = e.model_id where m.name = :model"
                                                        + " and b.second > clock_timestamp() - interval '60 s'")
                                        .bind("model", model)
                                        .mapTo(Long.class)
                                        .one());
        return requests == 0
                ? List.of(
                        "model '"
                                + model
                                + "' had no request in the last minute: how long plan '"
                                + plan.name()
                                + "' takes is unknown, and its first step waits for traffic")
                : List.of();
    }
}
