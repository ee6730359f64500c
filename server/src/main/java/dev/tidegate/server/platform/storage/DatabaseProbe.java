package dev.tidegate.server.platform.storage;

import dev.tidegate.server.platform.error.ErrorCode;
import dev.tidegate.server.platform.error.TidegateException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Properties;
import org.jspecify.annotations.Nullable;
import org.postgresql.Driver;
import org.postgresql.PGProperty;

/** Looks whether a database can be used before a pool of connections is filled. */
final class DatabaseProbe {
    /** Major version of PostgreSQL that the schema is made for and tested with. */
    static final int OLDEST = 18;

    private DatabaseProbe() {}

    /** Refuses a database that does not let this server in or is older than the given version. */
    static void check(StorageLocation location, int oldest) {
        Properties properties = properties(location);
        try (Connection connection = DriverManager.getConnection(location.url(), properties)) {
            int found = connection.getMetaData().getDatabaseMajorVersion();
            if (found < oldest) {
                throw unusable(
                        location,
                        "it is PostgreSQL %s; expected PostgreSQL %d or later"
                                .formatted(
                                        connection.getMetaData().getDatabaseProductVersion(),
                                        oldest),
                        null);
            }
        } catch (SQLException e) {
            throw unusable(location, "expected PostgreSQL " + oldest + " or later there", e);
        }
    }

    private static Properties properties(StorageLocation location) {
        Properties properties = new Properties();
        PGProperty.USER.set(properties, location.username());
        PGProperty.PASSWORD.set(properties, location.password());
        PGProperty.CONNECT_TIMEOUT.set(properties, "5");
        PGProperty.SOCKET_TIMEOUT.set(properties, "10");
        Properties parsed = Driver.parseURL(location.url(), properties);
        if (parsed == null) {
            throw TidegateException.invalid(
                    "database '%s' is no URL of PostgreSQL; expected jdbc:postgresql://HOST:5432/DATABASE"
                            .formatted(withoutPassword(location.url())));
        }
        return parsed;
    }

    /** Returns an error that names the database and its user, but never a password. */
    static TidegateException unusable(
            StorageLocation location, String words, @Nullable Exception cause) {
        String why = cause == null ? words : reason(cause) + "; " + words;
        return new TidegateException(
                ErrorCode.STORAGE_UNAVAILABLE,
                "database '%s' cannot be used by user '%s': %s"
                        .formatted(
                                withoutPassword(location.url()),
                                PGProperty.USER.getOrDefault(properties(location)),
                                why),
                cause);
    }

    private static String reason(Exception failure) {
        Throwable last = failure;
        while (last.getCause() instanceof SQLException cause) {
            last = cause;
        }
        return String.valueOf(last.getMessage())
                .lines()
                .map(String::strip)
                .filter(line -> !line.isEmpty())
                .findFirst()
                .orElse(last.getClass().getSimpleName());
    }

    private static String withoutPassword(String url) {
        return url.replaceAll("(?i)(password=)[^&]*", "$1…")
                .replaceAll("(//[^/@:]*:)[^/@]*@", "$1…@");
    }
}
