package dev.tidegate.server.inference.row;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tidegate.server.platform.duckdb.DuckDbLimits;
import dev.tidegate.server.platform.error.TidegateException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class RowSourceTest {
    @TempDir private Path folder;

    @Test
    void readsCommaSeparatedRowsBehindAByteOrderMark() throws IOException {
        List<RowRead> rows = rows("a.csv", "\uFEFFx,y\r\n1,\"a,\"\"b\"\r\n2\r\n,\r\n");

        assertThat(rows.get(0).row().values()).isEqualTo(Map.of("x", "1", "y", "a,\"b"));
        assertThat(rows.get(1).problem()).isEqualTo("it has 1 values, expected 2 as in the header");
        assertThat(rows.get(2).row().values()).isEqualTo(Map.of("x", "", "y", ""));
        assertThat(rows).extracting(RowRead::number).containsExactly(1L, 2L, 3L);
    }

    @Test
    void readsOneObjectAListAndAnObjectALine() throws IOException {
        assertThat(rows("a.json", "{\"x\": 1, \"y\": null}"))
                .extracting(RowRead::row)
                .extracting(Row::values)
                .containsExactly(Map.of("x", 1));
        assertThat(rows("b.json", "[{\"x\": 1}, 7, [8], {\"x\": \"a\"}]"))
                .extracting(RowRead::problem)
                .containsExactly(
                        null, "it is 7, expected an object", "it is [, expected an object", null);
        assertThat(rows("c.ndjson", "{\"x\": true}\n{\"x\": [1, 2]}\n"))
                .extracting(RowRead::row)
                .extracting(row -> row.value("x"))
                .containsExactly(true, List.of(1, 2));
        assertThat(rows("d.json", "[]")).isEmpty();
        assertThat(rows("e.jsonl", "")).isEmpty();
    }

    @Test
    void saysWhereAFileCannotBeReadOn() {
        assertRefused("a.json", "[{\"x\": 1}, {\"x\": 2}", "row 3 of a.json cannot be read");
        assertRefused(
                "b.json", "[{\"x\": 1}] 5", "row 2 of b.json cannot be read", "follows the list");
        assertRefused("c.json", "{\"x\": 1}\n{\"x\": oops}", "row 2 of c.json", "line 2");
        assertRefused("d.json", "{\"x\": 1, \"x\": 2}", "row 1 of d.json", "Duplicate");
        assertRefused("e.csv", "", "e.csv is empty");
        assertRefused("f.csv", "x,x\n1,2\n", "needs a name of its own for each column");
    }

    @Test
    void refusesWhatIsNotUtf8() throws IOException {
        Path file = folder.resolve("latin.csv");
        Files.write(file, "x\nM\u00FCnchen\n".getBytes(StandardCharsets.ISO_8859_1));

        assertThatThrownBy(() -> all(file)).hasMessageContaining("it is not UTF-8");
    }

    @Test
    void refusesARowThatWouldFillTheMemory() {
        String endless = "1".repeat(RowSource.LONGEST_ROW * 2);

        assertRefused("a.csv", "x\n1\n\"" + endless, "row 2 of a.csv", "a quote or a bracket");
        assertRefused(
                "b.json", "[{\"x\": [" + "1,".repeat(RowSource.LONGEST_ROW), "row 1 of b.json");
    }

    private void assertRefused(String name, String content, String... words) {
        assertThatThrownBy(() -> rows(name, content))
                .isInstanceOf(TidegateException.class)
                .message()
                .contains(words);
    }

    private List<RowRead> rows(String name, String content) throws IOException {
        return all(Files.writeString(folder.resolve(name), content));
    }

    private List<RowRead> all(Path file) {
        List<RowRead> rows = new ArrayList<>();
        try (RowSource source =
                RowSource.open(
                        file,
                        RowForm.of(file),
                        String.valueOf(file.getFileName()),
                        new DuckDbLimits(1, 128, 0, folder))) {
            for (RowRead row = source.next(); row != null; row = source.next()) {
                rows.add(row);
            }
        }
        return rows;
    }
}
