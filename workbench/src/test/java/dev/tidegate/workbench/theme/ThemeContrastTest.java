package dev.tidegate.workbench.theme;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Contrast after WCAG 2.2, 1.4.3 and 1.4.11: 4.5 for text, 3 for lines, icons and focus. */
final class ThemeContrastTest {
    private static final double TEXT = 4.5;
    private static final double SHAPE = 3;
    private static final Pattern FADED =
            Pattern.compile("\\.stale \\.time-chart[^{]*\\{ -fx-opacity: ([0-9.]+)");

    static Stream<Arguments> pairs() {
        return Stream.of(Theme.values())
                .flatMap(
                        theme ->
                                Stream.of(text(theme), states(theme), onFills(theme), shapes(theme))
                                        .flatMap(pairs -> pairs));
    }

    private static Stream<Arguments> text(Theme theme) {
        return Stream.of("text", "muted", "subtle")
                .flatMap(
                        ink ->
                                Stream.of(
                                                "window",
                                                "rail",
                                                "card",
                                                "inset",
                                                "raised",
                                                "hover",
                                                "selected")
                                        .map(ground -> Arguments.of(theme, ink, ground, TEXT)));
    }

    private static Stream<Arguments> states(Theme theme) {
        return Stream.of("calm", "good", "watch", "bad", "unknown")
                .flatMap(
                        tone ->
                                Stream.of(tone + "-ground", "card", "raised", "window")
                                        .map(ground -> Arguments.of(theme, tone, ground, TEXT)));
    }

    private static Stream<Arguments> onFills(Theme theme) {
        return Stream.concat(
                Stream.of("accent-fill", "danger-fill", "success-fill")
                        .map(fill -> Arguments.of(theme, "on-accent", fill, TEXT)),
                Stream.of(
                                "good-ground",
                                "watch-ground",
                                "bad-ground",
                                "calm-ground",
                                "unknown-ground")
                        .map(ground -> Arguments.of(theme, "text", ground, TEXT)));
    }

    private static Stream<Arguments> shapes(Theme theme) {
        Stream<Arguments> arms =
                Stream.iterate(0, arm -> arm < ArmColours.COUNT, arm -> arm + 1)
                        .map(arm -> Arguments.of(theme, "arm-" + arm, "card", SHAPE));
        Stream<Arguments> focus =
                Stream.of("window", "card", "raised", "rail")
                        .map(ground -> Arguments.of(theme, "focus", ground, SHAPE));
        return Stream.concat(arms, focus);
    }

    @ParameterizedTest(name = "{0}: {1} on {2} is at least {3} : 1")
    @MethodSource("pairs")
    void isEnough(Theme theme, String ink, String ground, double least) {
        ThemeTokens tokens = theme.tokens();

        assertThat(Luminance.contrast(tokens.hex(ink), tokens.hex(ground)))
                .isGreaterThanOrEqualTo(least);
    }

    @ParameterizedTest
    @EnumSource(Theme.class)
    void isEnoughForTheWordsOfAFadedChart(Theme theme) throws IOException {
        ThemeTokens tokens = theme.tokens();
        Matcher faded = FADED.matcher(controlSheet());
        assertThat(faded.find()).isTrue();
        double opacity = Double.parseDouble(faded.group(1));

        String seen = Luminance.over(tokens.hex("muted"), opacity, tokens.hex("card"));
        assertThat(Luminance.contrast(seen, tokens.hex("card"))).isGreaterThanOrEqualTo(TEXT);
    }

    /** Whatever else is stale keeps full opacity, so the pairs above hold for it. */
    @Test
    void fadesNothingElseThatIsRead() throws IOException {
        assertThat(Pattern.compile("\\.stale \\{[^}]*opacity").matcher(controlSheet()).find())
                .isFalse();
    }

    private static String controlSheet() throws IOException {
        try (var in =
                Objects.requireNonNull(
                        ThemeContrastTest.class.getResourceAsStream(
                                "/dev/tidegate/workbench/control/control.css"))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
