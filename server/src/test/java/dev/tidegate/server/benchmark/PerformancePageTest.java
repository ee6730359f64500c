package dev.tidegate.server.benchmark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class PerformancePageTest {
    @TempDir private Path folder;

    @Test
    void replacesWhatWasMeasuredAndLeavesTheRest() throws IOException {
        Path file =
                Files.writeString(
                        folder.resolve("page.md"),
                        """
                        # Figures

                        Before.
                        <!-- measured: gate -->
                        old
                        older
                        <!-- end of measured: gate -->
                        After.
                        """);

        new PerformancePage(file).replace("gate", "new\n");

        assertThat(file)
                .hasContent(
                        """
                        # Figures

                        Before.
                        <!-- measured: gate -->
                        new
                        <!-- end of measured: gate -->
                        After.
                        """);
    }

    @Test
    void appendsAPartThatThePageDoesNotHaveYet() throws IOException {
        Path file = folder.resolve("page.md");

        new PerformancePage(file).replace("log", "a");
        new PerformancePage(file).replace("gate", "b");

        assertThat(file)
                .hasContent(
                        """
                        # Performance

                        <!-- measured: log -->
                        a
                        <!-- end of measured: log -->

                        <!-- measured: gate -->
                        b
                        <!-- end of measured: gate -->
                        """);
    }

    @Test
    void refusesAPageWithOneMarkOnly() throws IOException {
        Path file =
                Files.writeString(folder.resolve("page.md"), "<!-- end of measured: gate -->\n");

        assertThatThrownBy(() -> new PerformancePage(file).replace("gate", "b"))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("page.md")
                .hasMessageContaining("<!-- measured: gate -->");
        assertThat(file).hasContent("<!-- end of measured: gate -->\n");
    }
}
