package dev.tidegate.server.identity;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Reads rows of the table of keys. */
final class KeyRow {
    private KeyRow() {}

    static Set<Role> roles(ResultSet row) throws SQLException {
        return Arrays.stream((String[]) row.getArray("roles").getArray())
                .map(Role::of)
                .collect(Collectors.toUnmodifiableSet());
    }

    static Optional<RateLimit> limit(ResultSet row) throws SQLException {
        double rate = row.getDouble("rate");
        return rate == 0 ? Optional.empty() : Optional.of(RateLimit.of(rate, row.getInt("burst")));
    }

    static ApiKey key(ResultSet row) throws SQLException {
        return new ApiKey(
                row.getString("id"),
                row.getString("name"),
                roles(row),
                limit(row),
                row.getTimestamp("created_at").toInstant(),
                Optional.ofNullable(row.getTimestamp("revoked_at"))
                        .map(java.sql.Timestamp::toInstant));
    }
}
