package dev.tidegate.server.platform.duckdb;

import dev.tidegate.server.platform.home.TemporaryFolder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Collection;
import java.util.List;
import java.util.Properties;
import java.util.stream.Collectors;
import org.duckdb.DuckDBConnection;
import org.duckdb.DuckDBDriver;
import org.jspecify.annotations.Nullable;

/**
 * A private DuckDB in memory for one piece of work: it reaches the folders that it is given and no
 * other file, no network, no extension beyond its own, and none of that can be changed afterwards.
 * Serves one thread, and one reading or writing at a time.
 *
 * <p>The first one in a process loads the native library, which takes about half a second.
 */
public final class DuckDb implements AutoCloseable {
    private static final String PREFIX = "work-";

    private final DuckDBConnection connection;
    private final TemporaryFolder spill;

    private DuckDb(DuckDBConnection connection, TemporaryFolder spill) {
        this.connection = connection;
        this.spill = spill;
    }

    /**
     * Opens one.
     *
     * @param folders what it may read and write, with all below
     * @throws dev.tidegate.server.platform.error.TidegateException with kind unavailable
     */
    public static DuckDb open(DuckDbLimits limits, Collection<Path> folders) {
        TemporaryFolder spill = spill(limits);
        try {
            return new DuckDb(confined(limits, spill, folders), spill);
        } catch (SQLException e) {
            spill.close();
            throw DuckDbFailure.opening(e);
        }
    }

    private static TemporaryFolder spill(DuckDbLimits limits) {
        try {
            Files.createDirectories(limits.temporary());
            return new TemporaryFolder(Files.createTempDirectory(limits.temporary(), PREFIX));
        } catch (IOException e) {
            throw new UncheckedIOException("folder " + limits.temporary() + " cannot be used", e);
        }
    }

    private static Properties settings(DuckDbLimits limits, TemporaryFolder spill) {
        Properties settings = new Properties();
        settings.setProperty(DuckDBDriver.JDBC_STREAM_RESULTS, "true");
        settings.setProperty("threads", Integer.toString(limits.threads()));
        settings.setProperty("memory_limit", limits.memoryMebibytes() + "MiB");
        settings.setProperty("max_temp_directory_size", limits.temporaryMebibytes() + "MiB");
        settings.setProperty("temp_directory", spill.path().toAbsolutePath().toString());
        settings.setProperty("autoinstall_known_extensions", "false");
        settings.setProperty("autoload_known_extensions", "false");
        settings.setProperty("allow_community_extensions", "false");
        settings.setProperty("enable_external_file_cache", "false");
        return settings;
    }

    private static DuckDBConnection confined(
            DuckDbLimits limits, TemporaryFolder spill, Collection<Path> folders)
            throws SQLException {
        DuckDBConnection connection =
                (DuckDBConnection)
                        new DuckDBDriver().connect("jdbc:duckdb:", settings(limits, spill));
        try (Statement statement = connection.createStatement()) {
            statement.execute(
                    folders.stream()
                            .map(folder -> folder.toAbsolutePath().normalize().toString())
                            .map(DuckDbSource::literal)
                            .collect(Collectors.joining(", ", "set allowed_directories = [", "]")));
            statement.execute("set enable_external_access = false");
            statement.execute("set lock_configuration = true");
            return connection;
        } catch (SQLException e) {
            connection.close();
            throw e;
        }
    }

    /**
     * Runs a query; its rows are read as they are asked for.
     *
     * @param sql with a question mark for each value; files by {@link DuckDbSource}
     * @throws dev.tidegate.server.platform.error.TidegateException with kind user, in the words of
     *     DuckDB, when a file is not what it should be
     */
    public DuckDbRows query(String sql, @Nullable Object... values) {
        return DuckDbRows.of(connection, sql, List.of(values));
    }

    /** Returns a writer of one Parquet file with these columns. */
    public ParquetWriter writer(List<DuckDbColumn> columns) {
        return ParquetWriter.of(connection, columns);
    }

    @Override
    public void close() {
        try {
            connection.close();
        } catch (SQLException e) {
            throw DuckDbFailure.opening(e);
        } finally {
            spill.close();
        }
    }
}
