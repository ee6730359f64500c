package dev.tidegate.server.batch;

import dev.tidegate.server.platform.error.Excerpt;
import dev.tidegate.server.platform.error.TidegateException;
import java.util.Locale;

/** What a result is written in. */
enum ResultForm {
    /** RFC 4180 with a header. */
    CSV,
    /** An object a line. */
    JSON,
    /** A file of Apache Parquet. */
    PARQUET;

    /** Returns the form of that name; empty is CSV. */
    static ResultForm of(String name) {
        return switch (name) {
            case "", "csv" -> CSV;
            case "json" -> JSON;
            case "parquet" -> PARQUET;
            default ->
                    throw TidegateException.invalid(
                            "output form '%s' is unknown, expected csv, json or parquet"
                                    .formatted(Excerpt.of(name)));
        };
    }

    String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
