package dev.tidegate.server.platform.duckdb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tidegate.server.platform.error.ErrorCode;
import dev.tidegate.server.platform.error.TidegateException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class DuckDbTest {
    private static final List<DuckDbColumn> ALL =
            List.of(
                    new DuckDbColumn("yes", DuckDbType.BOOLEAN),
                    new DuckDbColumn("small", DuckDbType.INTEGER),
                    new DuckDbColumn("large", DuckDbType.BIGINT),
                    new DuckDbColumn("real", DuckDbType.DOUBLE),
                    new DuckDbColumn("a \"name\", that's odd", DuckDbType.TEXT),
                    new DuckDbColumn("bytes", DuckDbType.BYTES),
                    new DuckDbColumn("id", DuckDbType.UUID),
                    new DuckDbColumn("at", DuckDbType.TIME));

    @TempDir Path home;
    private Path folder;
    private DuckDb duckDb;

    @BeforeEach
    void open() throws IOException {
        folder = Files.createDirectory(home.resolve("it's a folder"));
        duckDb = DuckDb.open(limits(128), List.of(folder));
    }

    @AfterEach
    void close() {
        duckDb.close();
    }

    private DuckDbLimits limits(int mebibytes) {
        return new DuckDbLimits(1, mebibytes, 1024, home.resolve("temporary"));
    }

    private Path written(List<DuckDbColumn> columns, Object[]... rows) {
        Path file = folder.resolve("rows.parquet");
        try (ParquetWriter writer = duckDb.writer(columns)) {
            for (Object[] row : rows) {
                writer.add(row);
            }
            writer.write(file);
        }
        return file;
    }

    @Test
    void readsWhatItWroteOfEachType() {
        UUID id = UUID.fromString("01890a5d-ac96-774b-bcce-b302099a8057");
        Instant at = Instant.parse("2026-03-04T12:34:56.123456Z");
        Path file =
                written(
                        ALL,
                        new Object[] {
                            true, -7, Long.MAX_VALUE, 0.1, "tèxt", new byte[] {0, -1}, id, at
                        },
                        new Object[8]);
        try (DuckDbRows rows =
                duckDb.query(
                        "select * exclude \"at\", epoch_us(\"at\") from "
                                + DuckDbSource.parquet(List.of(file)))) {
            assertThat(rows.names()).startsWith("yes", "small").contains("a \"name\", that's odd");
            assertThat(rows.types()).startsWith("BOOLEAN", "INTEGER", "BIGINT", "DOUBLE");
            assertThat(rows.next()).isTrue();
            assertThat(rows.isTrue(0)).isTrue();
            assertThat(rows.number(1)).isEqualTo(-7);
            assertThat(rows.number(2)).isEqualTo(Long.MAX_VALUE);
            assertThat(rows.value(3)).isEqualTo(0.1);
            assertThat(rows.text(4)).isEqualTo("tèxt");
            assertThat(rows.bytes(5)).containsExactly(0, -1);
            assertThat(rows.uuid(6)).isEqualTo(id);
            assertThat(rows.number(7)).isEqualTo(at.getEpochSecond() * 1_000_000 + 123_456);
            assertThat(rows.next()).isTrue();
            for (int column = 0; column < 8; column++) {
                assertThat(rows.value(column)).isNull();
            }
            assertThat(rows.bytes(5)).isNull();
            assertThat(rows.uuid(6)).isNull();
            assertThat(rows.next()).isFalse();
        }
    }

    @Test
    void keepsTheOrderOfMoreRowsThanItsMemoryHolds() {
        DuckDbColumn number = new DuckDbColumn("number", DuckDbType.BIGINT);
        DuckDbColumn noise = new DuckDbColumn("noise", DuckDbType.BYTES);
        Path file = folder.resolve("many.parquet");
        Random random = new Random(7);
        try (DuckDb small = DuckDb.open(limits(128), List.of(folder));
                ParquetWriter writer = small.writer(List.of(number, noise))) {
            for (long i = 0; i < 200_000; i++) {
                byte[] bytes = new byte[1_000];
                random.nextBytes(bytes);
                writer.add(i, bytes);
            }
            assertThat(writer.rows()).isEqualTo(200_000);
            writer.write(file);
        }
        try (DuckDb small = DuckDb.open(limits(128), List.of(folder));
                DuckDbRows rows =
                        small.query("select * from " + DuckDbSource.parquet(List.of(file)))) {
            for (long i = 0; i < 200_000; i++) {
                assertThat(rows.next()).isTrue();
                assertThat(rows.number(0)).isEqualTo(i);
            }
            assertThat(rows.next()).isFalse();
        }
    }

    @Test
    void bindsValues() {
        Path file =
                written(
                        List.of(new DuckDbColumn("n", DuckDbType.BIGINT)),
                        new Object[] {1L},
                        new Object[] {2L});
        try (DuckDbRows rows =
                duckDb.query(
                        "select n from %s where n > ?"
                                .formatted(DuckDbSource.parquet(List.of(file))),
                        1L)) {
            assertThat(rows.next()).isTrue();
            assertThat(rows.number(0)).isEqualTo(2);
            assertThat(rows.next()).isFalse();
        }
    }

    @Test
    void readsTheCellsOfACsvAsText() throws IOException {
        Path file = folder.resolve("rows.csv");
        Files.writeString(file, "id,\"a, b\"\n007,\"say \"\"hi\"\"\"\n,x\n");
        try (DuckDbRows rows = duckDb.query("select * from " + DuckDbSource.csv(file))) {
            assertThat(rows.names()).containsExactly("id", "a, b");
            assertThat(rows.next()).isTrue();
            assertThat(rows.text(0)).isEqualTo("007");
            assertThat(rows.text(1)).isEqualTo("say \"hi\"");
            assertThat(rows.next()).isTrue();
            assertThat(rows.text(0)).isNull();
            assertThat(rows.next()).isFalse();
        }
    }

    @Test
    void leavesNoUnfinishedFile() throws IOException {
        written(List.of(new DuckDbColumn("n", DuckDbType.BIGINT)), new Object[] {1L});
        try (var files = Files.list(folder)) {
            assertThat(files.map(file -> file.getFileName().toString()))
                    .containsExactly("rows.parquet");
        }
    }

    @Test
    void refusesColumnsThatDifferInCaseOnly() {
        List<DuckDbColumn> columns =
                List.of(
                        new DuckDbColumn("n", DuckDbType.BIGINT),
                        new DuckDbColumn("N", DuckDbType.BIGINT));
        assertThatThrownBy(() -> duckDb.writer(columns))
                .isInstanceOfSatisfying(
                        TidegateException.class,
                        e -> assertThat(e.code()).isEqualTo(ErrorCode.INVALID_ARGUMENT))
                .hasMessageContaining("no Parquet file has these columns");
    }

    @Test
    void leavesNothingOfAFileThatCannotBeWritten() throws IOException {
        Path taken = Files.createDirectories(folder.resolve("rows.parquet").resolve("taken"));
        assertThatThrownBy(
                        () ->
                                written(
                                        List.of(new DuckDbColumn("n", DuckDbType.BIGINT)),
                                        new Object[] {1L}))
                .isInstanceOf(UncheckedIOException.class);
        assertThat(folder).isDirectoryNotContaining("glob:**.unfinished");
        assertThat(taken).exists();
    }

    @Test
    void saysThatThereIsNoRoomWithoutSayingWhere() {
        Random random = new Random(8);
        DuckDbLimits little = new DuckDbLimits(1, 128, 1, home.resolve("little"));
        assertThatThrownBy(
                        () -> {
                            try (DuckDb small = DuckDb.open(little, List.of(folder));
                                    ParquetWriter writer =
                                            small.writer(
                                                    List.of(
                                                            new DuckDbColumn(
                                                                    "noise", DuckDbType.BYTES)))) {
                                while (writer.bytes() < 1L << 30) {
                                    byte[] bytes = new byte[100_000];
                                    random.nextBytes(bytes);
                                    writer.add((Object) bytes);
                                }
                            }
                        })
                .isInstanceOfSatisfying(
                        TidegateException.class,
                        e -> assertThat(e.code()).isEqualTo(ErrorCode.EXHAUSTED))
                .hasMessageContaining("there is no room to write the Parquet file")
                .hasMessageNotContaining(home.toString());
    }

    @Test
    void spillsToAFolderOfItsOwnThatGoesWithIt() throws IOException {
        assertThat(home.resolve("temporary")).isNotEmptyDirectory();
        duckDb.close();
        assertThat(home.resolve("temporary")).isEmptyDirectory();
        Path rest = Files.createDirectories(home.resolve("temporary/work-1"));
        Files.writeString(rest.resolve("duckdb_temp_storage-0.tmp"), "left by a kill");
        new DuckDbSweep(limits(128)).start();
        assertThat(rest).doesNotExist();
    }

    @Test
    void reachesNoFileThatItWasNotGiven() throws IOException {
        Path secret = Files.writeString(home.resolve("secret.csv"), "a\n1\n");
        assertThatThrownBy(() -> duckDb.query("select * from " + DuckDbSource.csv(secret)))
                .isInstanceOf(TidegateException.class)
                .hasMessageContaining("Cannot access file");
        assertThatThrownBy(
                        () ->
                                duckDb.query(
                                        "copy (select 1) to '%s'"
                                                .formatted(home.resolve("out.parquet"))))
                .hasMessageContaining("Cannot access file");
    }

    @Test
    void letsNothingOfThatBeChanged() {
        assertThatThrownBy(() -> duckDb.query("set enable_external_access = true"))
                .isInstanceOf(TidegateException.class);
        assertThatThrownBy(() -> duckDb.query("set threads = 8"))
                .hasMessageContaining("has been locked");
        assertThatThrownBy(() -> duckDb.query("install httpfs"))
                .isInstanceOf(TidegateException.class);
    }

    @Test
    void saysWhatIsWrongWithAFile() throws IOException {
        Path file = Files.writeString(folder.resolve("no.parquet"), "this is not Parquet");
        assertThatThrownBy(
                        () -> duckDb.query("select * from " + DuckDbSource.parquet(List.of(file))))
                .isInstanceOf(TidegateException.class)
                .hasMessageContaining("the file cannot be read")
                .hasMessageContaining("no.parquet");
    }

    @Test
    void refusesACellThatDoesNotFitItsColumn() {
        try (ParquetWriter writer =
                duckDb.writer(List.of(new DuckDbColumn("n", DuckDbType.BIGINT)))) {
            assertThatThrownBy(() -> writer.add("one"))
                    .hasMessage("column 'n' has a String: expected a cell of type BIGINT");
            assertThatThrownBy(() -> writer.add(1L, 2L))
                    .hasMessage("a row has 2 cells: expected 1");
        }
    }

    @Test
    void refusesLimitsThatAreNone() {
        assertThatThrownBy(() -> new DuckDbLimits(0, 128, 64, home))
                .hasMessage("threads of DuckDB is 0: expected at least 1");
    }
}
