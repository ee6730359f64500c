/** DuckDB in memory, held to what it is given: Parquet and CSV files in, Parquet files out. */
@NullMarked
package dev.tidegate.server.platform.duckdb;

import org.jspecify.annotations.NullMarked;
