package dev.tidegate.server.routing;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** A row of the table of routes. */
record RouteRow(
        long epoch,
        long modelId,
        long championId,
        Optional<Long> candidateId,
        double weight,
        Salt salt,
        Optional<UUID> rolloutId,
        List<SlowThreshold> slow,
        Instant createdAt) {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final TypeReference<List<SlowThreshold>> SLOW = new TypeReference<>() {};

    RouteRow {
        slow = List.copyOf(slow);
    }

    static RouteRow of(ResultSet row) throws SQLException {
        try {
            long candidate = row.getLong("candidate_id");
            return new RouteRow(
                    row.getLong("epoch"),
                    row.getLong("model_id"),
                    row.getLong("champion_id"),
                    candidate == 0 ? Optional.empty() : Optional.of(candidate),
                    row.getDouble("weight"),
                    Salt.of(row.getBytes("salt")),
                    Optional.ofNullable(row.getObject("rollout_id", UUID.class)),
                    JSON.readValue(row.getString("slow"), SLOW),
                    row.getTimestamp("created_at").toInstant());
        } catch (JsonProcessingException e) {
            throw new SQLException("the slow thresholds of a route cannot be read", e);
        }
    }

    static String json(List<SlowThreshold> slow) {
        try {
            return JSON.writeValueAsString(slow);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("slow thresholds cannot be written as JSON", e);
        }
    }
}
