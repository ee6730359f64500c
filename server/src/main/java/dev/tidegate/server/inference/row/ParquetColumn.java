package dev.tidegate.server.inference.row;

import dev.tidegate.server.platform.duckdb.DuckDbSource;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A column of a Parquet file.
 *
 * @param type as DuckDB names it, such as DOUBLE or VARCHAR[]
 */
record ParquetColumn(String name, String type) {
    private static final Pattern READABLE =
            Pattern.compile(
                    "(BOOLEAN|U?(?:TINYINT|SMALLINT|INTEGER|BIGINT|HUGEINT)|FLOAT|DOUBLE"
                            + "|DECIMAL\\(\\d+,\\d+\\)|DATE|TIME(?:STAMP)?(?:_S|_MS|_NS)?(?: WITH"
                            + " TIME ZONE)?|INTERVAL|UUID|VARCHAR|JSON|BLOB|\"NULL\")((?:\\[])*)");

    /** Octets of an entry that says where a list begins, or of a short text. */
    private static final int ENTRY = 16;

    /** Returns whether rows can be made of it: single values, or lists of these in lists. */
    boolean isReadable() {
        return READABLE.matcher(type).matches();
    }

    boolean isList() {
        return type.endsWith("[]");
    }

    boolean isText() {
        return switch (element()) {
            case "VARCHAR", "JSON", "BLOB" -> true;
            default -> false;
        };
    }

    /** Returns the octets of one value in a list as it is unpacked, but for what texts point to. */
    int width() {
        int own =
                switch (element()) {
                    case "BOOLEAN", "TINYINT", "UTINYINT" -> 1;
                    case "SMALLINT", "USMALLINT" -> 2;
                    case "INTEGER", "UINTEGER", "FLOAT", "DATE" -> 4;
                    case "DOUBLE", "BIGINT", "UBIGINT" -> 8;
                    default -> ENTRY;
                };
        return own + ENTRY * (depth() - 1);
    }

    /** Returns how many values the lists of a row have, in SQL. */
    String values() {
        return "coalesce(len(%s), 0)".formatted(flat());
    }

    /** Returns how many octets the texts of a row have, in SQL. */
    String octets() {
        String length = element().equals("BLOB") ? "octet_length(%s)" : "strlen(%s)";
        return "coalesce(%s, 0)"
                .formatted(
                        isList()
                                ? "list_sum(list_transform(%s, lambda x: %s))"
                                        .formatted(flat(), length.formatted("x"))
                                : length.formatted(DuckDbSource.name(name)));
    }

    private String flat() {
        int deeper = Math.max(0, depth() - 1);
        return "flatten(".repeat(deeper) + DuckDbSource.name(name) + ")".repeat(deeper);
    }

    private int depth() {
        return (type.length() - element().length()) / "[]".length();
    }

    private String element() {
        Matcher matcher = READABLE.matcher(type);
        return matcher.matches() ? matcher.group(1) : type;
    }
}
