package dev.tidegate.server.platform.duckdb;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Rows of a query, one at a time; columns are counted from 0.
 *
 * <p>All methods throw a {@link dev.tidegate.server.platform.error.TidegateException} with kind
 * user when the file turns out to be broken.
 */
public final class DuckDbRows implements AutoCloseable {
    private final PreparedStatement statement;
    private final ResultSet rows;

    private DuckDbRows(PreparedStatement statement, ResultSet rows) {
        this.statement = statement;
        this.rows = rows;
    }

    static DuckDbRows of(Connection connection, String sql, List<Object> values) {
        try {
            PreparedStatement statement = connection.prepareStatement(sql);
            try {
                for (int i = 0; i < values.size(); i++) {
                    statement.setObject(i + 1, values.get(i));
                }
                return new DuckDbRows(statement, statement.executeQuery());
            } catch (SQLException e) {
                statement.close();
                throw e;
            }
        } catch (SQLException e) {
            throw DuckDbFailure.reading(e);
        }
    }

    /** Moves to the next row and returns whether there is one. */
    public boolean next() {
        return reading(rows::next);
    }

    public List<String> names() {
        return reading(
                () -> {
                    ResultSetMetaData shape = rows.getMetaData();
                    List<String> names = new ArrayList<>();
                    for (int i = 1; i <= shape.getColumnCount(); i++) {
                        names.add(shape.getColumnName(i));
                    }
                    return names;
                });
    }

    /** Returns each column's type by DuckDB's name, such as BIGINT or DECIMAL(10,2). */
    public List<String> types() {
        return reading(
                () -> {
                    ResultSetMetaData shape = rows.getMetaData();
                    List<String> types = new ArrayList<>();
                    for (int i = 1; i <= shape.getColumnCount(); i++) {
                        types.add(shape.getColumnTypeName(i));
                    }
                    return types;
                });
    }

    /** Returns a cell as the type that DuckDB's driver gives it. */
    public @Nullable Object value(int column) {
        return reading(() -> rows.getObject(column + 1));
    }

    /**
     * Returns a cell as a number, a truth value, a text, or a list of these; bytes as UTF-8, a time
     * or a structure as DuckDB writes it.
     */
    public @Nullable Object plain(int column) {
        try {
            return PlainValue.of(rows.getObject(column + 1));
        } catch (SQLException e) {
            throw DuckDbFailure.reading(e);
        }
    }

    /** Returns a cell as text, null where there is none. */
    public @Nullable String text(int column) {
        return reading(() -> rows.getString(column + 1));
    }

    /** Returns a whole number, 0 where there is none. */
    public long number(int column) {
        return reading(() -> rows.getLong(column + 1));
    }

    /** Returns whether a cell is true; false where there is none. */
    public boolean isTrue(int column) {
        return reading(() -> rows.getBoolean(column + 1));
    }

    /** Returns a cell of bytes, null where there is none. */
    public byte @Nullable [] bytes(int column) {
        return reading(() -> rows.getBytes(column + 1));
    }

    /** Returns an id, null where there is none. */
    public @Nullable UUID uuid(int column) {
        return reading(() -> (UUID) rows.getObject(column + 1));
    }

    @Override
    public void close() {
        reading(
                () -> {
                    rows.close();
                    statement.close();
                    return true;
                });
    }

    private interface Reading<T extends @Nullable Object> {
        T get() throws SQLException;
    }

    private static <T extends @Nullable Object> T reading(Reading<T> reading) {
        try {
            return reading.get();
        } catch (SQLException e) {
            throw DuckDbFailure.reading(e);
        }
    }
}
