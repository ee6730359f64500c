package dev.tidegate.server.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import dev.tidegate.server.platform.error.TidegateException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class CsvDatasetReaderTest {
    @TempDir private Path folder;

    @Test
    void readsNumbersAndCategoriesAsSuch() throws IOException {
        Dataset dataset = read("age,city,code\n31,\"Bern, CH\",1e2\n4.5,Oslo,1f\n");

        assertThat(dataset.rows()).isEqualTo(2);
        assertThat(dataset.column("age"))
                .asInstanceOf(type(NumberColumn.class))
                .extracting(column -> column.value(1))
                .isEqualTo(4.5f);
        assertThat(dataset.column("city"))
                .isInstanceOf(CategoryColumn.class)
                .extracting(column -> column.text(0))
                .isEqualTo("Bern, CH");
        assertThat(dataset.column("code")).isInstanceOf(CategoryColumn.class);
    }

    @Test
    void takesEmptyAndNaAsMissing() throws IOException {
        Dataset dataset = read("age,city\nNA,\n,NA\n7,Oslo\n");

        assertThat(dataset.column("age").missing()).isEqualTo(2);
        assertThat(dataset.column("age"))
                .asInstanceOf(type(NumberColumn.class))
                .extracting(column -> column.value(0))
                .isEqualTo(Float.NaN);
        assertThat(dataset.column("city").missing()).isEqualTo(2);
        assertThat(dataset.column("city").distinct()).containsExactly("Oslo");
    }

    @Test
    void readsPastAByteOrderMark() throws IOException {
        assertThat(read("\uFEFFage\n1\n").names()).containsExactly("age");
    }

    @Test
    void digestsTheBytesOfTheFile() throws IOException {
        assertThat(read("a,b\n1,x\n").digest())
                .isEqualTo(
                        "sha256:"
                                + "eccc6303d8ede5e5ec22d288b8350193f9eb907c93f49c78d5b1ff0af7ecd450");
    }

    @Test
    void listsTheColumnsWhenOneIsMissing() throws IOException {
        Dataset dataset = read("age,city\n1,Oslo\n");

        assertThatThrownBy(() -> dataset.column("town"))
                .isInstanceOf(TidegateException.class)
                .hasMessage("rows.csv has no column \"town\"; its columns are age, city");
    }

    @Test
    void namesTheRecordThatHasTooFewFields() {
        assertThatThrownBy(() -> read("a,b\n1,2\n3\n"))
                .hasMessageEndingWith("record 3 has 1 fields; expected 2 as in the first record");
    }

    @Test
    void refusesAFileWithoutRows() {
        assertThatThrownBy(() -> read("a,b\n"))
                .hasMessageEndingWith("has column names but no rows");
        assertThatThrownBy(() -> read("")).hasMessageContaining("is empty");
    }

    @Test
    void refusesAColumnNameThatAppearsTwice() {
        assertThatThrownBy(() -> read("a,a\n1,2\n")).hasMessageContaining("got \"a\" in [a, a]");
    }

    @Test
    void refusesTextThatIsNotUtf8() throws IOException {
        Path file = folder.resolve("latin.csv");
        Files.write(file, new byte[] {'a', '\n', (byte) 0xE4, '\n'});

        assertThatThrownBy(() -> new CsvDatasetReader().read(file))
                .isInstanceOf(TidegateException.class)
                .hasMessageContaining("latin.csv cannot be read");
    }

    @Test
    void namesTheFileThatIsNotThere() {
        Path nowhere = folder.resolve("nowhere.csv");

        assertThatThrownBy(() -> new CsvDatasetReader().read(nowhere))
                .isInstanceOf(TidegateException.class)
                .hasMessage("there is no file " + nowhere);
    }

    private Dataset read(String content) throws IOException {
        Path file = folder.resolve("rows.csv");
        Files.writeString(file, content);
        return new CsvDatasetReader().read(file);
    }
}
