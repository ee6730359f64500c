package dev.tidegate.server.inference.row;

import dev.tidegate.server.platform.error.Excerpt;
import dev.tidegate.server.platform.error.TidegateException;
import java.nio.file.Path;
import java.util.Locale;

/** What a file of rows is written in; its name's ending says so. */
public enum RowForm {
    CSV,
    JSON,
    PARQUET;

    /** The endings of names, for messages. */
    public static final String ENDINGS = ".csv, .json, .jsonl, .ndjson or .parquet";

    /** Returns the form of a file, or refuses a name with another ending. */
    public static RowForm of(String name) {
        return switch (name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT)) {
            case "csv" -> CSV;
            case "json", "jsonl", "ndjson" -> JSON;
            case "parquet" -> PARQUET;
            default ->
                    throw TidegateException.invalid(
                            "%s has rows of an unknown form; expected a name that ends with %s"
                                    .formatted(Excerpt.of(name), ENDINGS));
        };
    }

    public static RowForm of(Path file) {
        return of(file.toString());
    }
}
