package dev.tidegate.server.platform.duckdb;

/**
 * A column of a file that is written.
 *
 * @param name any text but an empty one
 * @param type what its cells are; each may be null
 */
public record DuckDbColumn(String name, DuckDbType type) {
    public DuckDbColumn {
        if (name.isEmpty()) {
            throw new IllegalArgumentException("a column's name is empty: expected a name");
        }
    }

    String definition() {
        return DuckDbSource.name(name) + ' ' + type.sql();
    }
}
