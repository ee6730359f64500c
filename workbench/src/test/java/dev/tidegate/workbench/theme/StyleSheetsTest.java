package dev.tidegate.workbench.theme;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.regex.Pattern;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class StyleSheetsTest {
    private static final Pattern LITERAL = Pattern.compile("#[0-9a-fA-F]{3,8}\\b|rgba?\\(");
    private static final Pattern TOKEN = Pattern.compile("-td-([a-z0-9-]+)");

    @ParameterizedTest
    @ValueSource(
            strings = {
                "theme/base.css",
                "control/control.css",
                "chart/chart.css",
                "shell/shell.css",
                "fleet/fleet.css",
                "rollout/rollout.css",
                "playground/playground.css"
            })
    void nameOnlyTokensThatBothThemesHave(String sheet) throws IOException {
        String css = read(sheet);

        assertThat(LITERAL.matcher(css).results().map(match -> match.group())).isEmpty();
        assertThat(TOKEN.matcher(css).results().map(match -> match.group(1)))
                .isNotEmpty()
                .allSatisfy(
                        token ->
                                assertThat(Theme.values())
                                        .allSatisfy(
                                                theme ->
                                                        assertThat(theme.tokens().colours())
                                                                .containsKey(token)));
    }

    private static String read(String sheet) throws IOException {
        try (var in =
                Objects.requireNonNull(
                        StyleSheetsTest.class.getResourceAsStream(
                                "/dev/tidegate/workbench/" + sheet),
                        sheet)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
