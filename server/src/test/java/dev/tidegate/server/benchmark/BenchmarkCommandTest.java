package dev.tidegate.server.benchmark;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidegate.server.CommandRun;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class BenchmarkCommandTest {
    @TempDir private Path folder;

    @Test
    void writesNoFiguresThatSayNothing() {
        Path page = folder.resolve("page.md");
        CommandRun run = CommandRun.of("benchmark", "gate", "--brief", "--write", page.toString());

        assertThat(run.code()).isEqualTo(2);
        assertThat(run.err()).contains("--brief has no figures to --write");
        assertThat(Files.exists(page)).isFalse();
    }

    @ParameterizedTest
    @EnumSource(Part.class)
    void tellsOfEachPartInItsHelp(Part part) {
        assertThat(CommandRun.of("benchmark", "--help").out())
                .contains("\n  " + part.name().toLowerCase(Locale.ROOT) + " ");
    }

    @ParameterizedTest
    @EnumSource(Part.class)
    void hasAPlaceForEachPartOnThePageOfFigures(Part part) throws IOException {
        assertThat(Files.readString(Path.of("..", "docs", "performance.md")))
                .contains("<!-- measured: %s -->\n".formatted(part.mark()));
    }

    @ParameterizedTest
    @EnumSource(
            value = Part.class,
            names = {"GATE", "LOG"})
    void measuresWhatNeedsNoServersBesideIt(Part part) throws Exception {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        String text =
                new PartRun(true, new PrintStream(bytes, true, StandardCharsets.UTF_8))
                        .run(part)
                        .text();

        assertThat(text).startsWith("```\n");
        assertThat(bytes.toString(StandardCharsets.UTF_8)).isNotEmpty();
    }
}
