package dev.tidegate.workbench.playground;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class RowFileTest {
    @TempDir private Path folder;

    private Path file(String name, String text) throws IOException {
        return Files.writeString(folder.resolve(name), text);
    }

    @Test
    void readsCsvByItsHeader() throws IOException {
        RowFile file = RowFile.read(file("rows.csv", "tenure,contract\n3,\"One, year\"\n4,\n"));

        assertThat(file.name()).isEqualTo("rows.csv");
        assertThat(file.rows())
                .containsExactly(
                        Map.of("tenure", "3", "contract", "One, year"),
                        Map.of("tenure", "4", "contract", ""));
    }

    @Test
    void readsOneJsonObjectOrAListAndLeavesNullOut() throws IOException {
        RowFile one = RowFile.read(file("one.json", "{\"tenure\": 3.5, \"contract\": null}"));
        RowFile two = RowFile.read(file("two.json", "[{\"tenure\": 3}, {\"senior\": true}]"));

        assertThat(one.rows()).containsExactly(Map.of("tenure", "3.5"));
        assertThat(two.rows()).containsExactly(Map.of("tenure", "3"), Map.of("senior", "true"));
    }

    @Test
    void readsAListAsATensorsElements() throws IOException {
        RowFile file = RowFile.read(file("rows.json", "{\"x\": [[1, 2.5], [3, 4]]}"));

        assertThat(file.rows()).containsExactly(Map.of("x", "1,2.5,3,4"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    rows.parquet | PAR1       | expected a name that ends with .csv or .json
                    empty.csv    | tenure     | has no rows
                    list.json    | [1]        | row 1 of list.json is 1, expected an object
                    cut.json     | {"tenure": | Unexpected end-of-input
                    """)
    void saysWhatIsWrongWithAFile(String name, String text, String words) throws IOException {
        Path file = file(name, text);

        assertThatIOException().isThrownBy(() -> RowFile.read(file)).withMessageContaining(words);
    }

    @Test
    void namesTheRowWhoseValuesDoNotFitTheHeader() throws IOException {
        Path file = file("rows.csv", "tenure,contract\n3,a\n4\n");

        assertThatIOException()
                .isThrownBy(() -> RowFile.read(file))
                .withMessage("row 2 of rows.csv has 1 values, its header has other");
    }
}
