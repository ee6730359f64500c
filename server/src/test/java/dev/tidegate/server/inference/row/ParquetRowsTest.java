package dev.tidegate.server.inference.row;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tidegate.server.platform.duckdb.DuckDbLimits;
import dev.tidegate.server.platform.error.ErrorCode;
import dev.tidegate.server.platform.error.TidegateException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Small files that unpack to more than there is memory for, and what is still read. */
final class ParquetRowsTest {
    @TempDir private Path folder;

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "select list_transform(range(1048577), lambda i: 1::float) as x|'x' of a.parquet has a row with 1048577 values in its lists, expected at most 1048576",
                "select [range(600000), range(600000)] as x|'x' of a.parquet has a row with 1200000 values",
                "select range(600000) as x, range(600000) as y|a.parquet has a row with 1200000 values in its lists in all columns, expected at most 1048576",
                "select 1 as a, repeat('t', 4194305) as x|'x' of a.parquet has a row with 4194305 bytes of text, expected at most 4194304",
                "select repeat('t', 4194305)::blob as x|'x' of a.parquet has a row with 4194305 bytes of text",
                "select [repeat('ü', 1100000), repeat('t', 2100000)] as x|'x' of a.parquet has a row with 4300000 bytes of text",
                "select repeat('t', 2100000) as x, repeat('t', 2100000) as y|a.parquet has a row with 4200000 bytes of text in all columns",
                "select repeat('t', 40000) as x from range(2048)|texts in 2048 rows of a.parquet, of which column 'x' has the longest, take 82001920 bytes of memory, expected at most 67108864",
                "select list_transform(range(1000), lambda i: 't') as x from range(2048)|texts in 2048 rows of a.parquet",
                "select {'a': 1} as x|column 'x' of a.parquet is STRUCT(a INTEGER), expected numbers, truth values, texts, times, or lists of these; leave it out",
                "select map {'a': 1} as x|column 'x' of a.parquet is MAP(VARCHAR, INTEGER)"
            })
    void refusesARowThatWouldFillTheMemory(String select, String reason) throws SQLException {
        Path file = parquet("a.parquet", select);
        assertThat(file.toFile()).size().isLessThan(8 << 20);

        assertRefused(() -> all(file), reason);
    }

    @Test
    void refusesARowGroupWhoseListsOneRowMayHaveAll() throws SQLException {
        Path path =
                parquet("a.parquet", "select [i, i] as x, [1::float] as y from range(3000) t(i)");
        try (ParquetFile file = ParquetFile.open(path, "a.parquet", limits())) {
            List<ParquetColumn> columns = file.columns();
            new ParquetBounds(file, 6000 * 8 + 3000 * 4).check(columns, file.rows());
            assertRefused(
                    () -> new ParquetBounds(file, 59_999).check(columns, file.rows()),
                    "row group 0 of a.parquet has 6000 values in the lists of column 'x' and 60000 bytes in all lists, expected at most 59999 bytes in a group");
        }
    }

    @Test
    void refusesAFileThatDescribesItselfAtLength() throws IOException {
        ByteBuffer tail = ByteBuffer.allocate(12).order(ByteOrder.LITTLE_ENDIAN);
        tail.putInt(0).putInt(Integer.MAX_VALUE).put("PAR1".getBytes(StandardCharsets.US_ASCII));
        Path file = Files.write(folder.resolve("a.parquet"), tail.array());

        assertRefused(() -> all(file), "a.parquet describes itself in 2147483647 bytes");
    }

    @Test
    void readsRowsAsLargeAsTheyMayBe() throws SQLException {
        Path file =
                parquet(
                        "a.parquet",
                        "select list_transform(range(1048576), lambda i: 0.5::float) as x, repeat('t',"
                                + " 4194304) as t, null::varchar[] as n");
        Map<String, Object> row = all(file).getFirst();

        assertThat((List<?>) row.get("x")).hasSize(1048576);
        assertThat((String) row.get("t")).hasSize(4194304);
        assertThat(row).doesNotContainKey("n");
    }

    @Test
    void readsAWholeNumberOfAFloatingColumnAsSuch() throws SQLException {
        Path file =
                parquet(
                        "a.parquet",
                        "select 3.0::double as a, 2.5::double as b, [1.0::float, 1.5::float] as c,"
                                + " 'nan'::double as d, [['a'], ['b', null]] as e");

        assertThat(all(file))
                .containsExactly(
                        Map.of(
                                "a",
                                3L,
                                "b",
                                2.5,
                                "c",
                                List.of(1L, 1.5f),
                                "d",
                                Double.NaN,
                                "e",
                                List.of(List.of("a"), Arrays.asList("b", null))));
    }

    @Test
    void takesANameForItselfAndNotForAPattern() throws Exception {
        Path strange = Files.createDirectory(folder.resolve("a[1]*?"));
        Files.move(
                parquet("one.parquet", "select [1] as x"), strange.resolve("rows[ab]?*.parquet"));
        Files.move(parquet("two.parquet", "select [2] as x"), strange.resolve("rowsa_.parquet"));

        assertThat(all(strange.resolve("rows[ab]?*.parquet")))
                .containsExactly(Map.of("x", List.of(1)));
    }

    @Test
    void saysWhatIsWrongWithoutSayingWhereTheFileLies() throws Exception {
        Path text = Files.writeString(folder.resolve("stored"), "x\n1\n2\n3\n4\n");
        assertRefused(() -> open(text), "rows.parquet cannot be read as Parquet");

        Path torn = parquet("torn.parquet", "select hash(i) as x from range(100000) t(i)");
        byte[] content = Files.readAllBytes(torn);
        Arrays.fill(content, 1000, content.length / 2, (byte) 7);
        Files.write(torn, content);
        assertRefused(() -> open(torn), "rows.parquet cannot be read as Parquet");
    }

    private void assertRefused(ThrowingCallable work, String reason) {
        assertThatThrownBy(work)
                .isInstanceOfSatisfying(
                        TidegateException.class,
                        refused -> assertThat(refused.code()).isEqualTo(ErrorCode.INVALID_ARGUMENT))
                .hasMessageContaining(reason)
                .hasMessageNotContaining(folder.toString());
    }

    private Path parquet(String name, String select) throws SQLException {
        Path file = folder.resolve(name);
        try (Connection duckDb = DriverManager.getConnection("jdbc:duckdb:");
                Statement statement = duckDb.createStatement()) {
            statement.execute(
                    "copy (%s) to '%s' (format parquet, compression zstd)".formatted(select, file));
        }
        return file;
    }

    private List<Map<String, Object>> all(Path file) {
        return read(file, String.valueOf(file.getFileName()));
    }

    private List<Map<String, Object>> open(Path file) {
        return read(file, "rows.parquet");
    }

    private List<Map<String, Object>> read(Path file, String name) {
        List<Map<String, Object>> rows = new ArrayList<>();
        try (RowSource source = RowSource.open(file, RowForm.PARQUET, name, limits())) {
            for (RowRead row = source.next(); row != null; row = source.next()) {
                rows.add(row.row().values());
            }
        }
        return rows;
    }

    private DuckDbLimits limits() {
        return new DuckDbLimits(1, 256, 0, folder.resolve("temporary"));
    }
}
