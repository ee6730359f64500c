package dev.tidegate.server.platform.duckdb;

import java.nio.charset.StandardCharsets;
import java.sql.Array;
import java.sql.Blob;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the driver gives, in the terms of JSON. */
final class PlainValue {
    private PlainValue() {}

    static @Nullable Object of(@Nullable Object value) throws SQLException {
        return switch (value) {
            case null -> null;
            case Number number -> number;
            case Boolean truth -> truth;
            case String text -> text;
            case Array array -> list((Object[]) array.getArray());
            case Object[] array -> list(array);
            case Blob bytes ->
                    new String(
                            bytes.getBytes(1, Math.toIntExact(bytes.length())),
                            StandardCharsets.UTF_8);
            default -> value.toString();
        };
    }

    private static List<@Nullable Object> list(Object[] elements) throws SQLException {
        List<@Nullable Object> list = new ArrayList<>(elements.length);
        for (Object element : elements) {
            list.add(of(element));
        }
        return list;
    }
}
