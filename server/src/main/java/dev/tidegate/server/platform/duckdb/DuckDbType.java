package dev.tidegate.server.platform.duckdb;

/** Types of columns that are written. */
public enum DuckDbType {
    BOOLEAN("boolean"),
    /** 32 bits, from any {@link Number}. */
    INTEGER("integer"),
    /** 64 bits, from any {@link Number}. */
    BIGINT("bigint"),
    DOUBLE("double"),
    TEXT("varchar"),
    /** From {@code byte[]}. */
    BYTES("blob"),
    UUID("uuid"),
    /** A point in time in microseconds, from {@link java.time.Instant}. */
    TIME("timestamptz");

    private final String sql;

    DuckDbType(String sql) {
        this.sql = sql;
    }

    String sql() {
        return sql;
    }
}
