package dev.tidegate.workbench.theme;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

final class ArmColoursTest {
    /** Machado, Oliveira and Fernandes 2009, severity 1. */
    private static final double[][] DEUTERANOPIA = {
        {0.367322, 0.860646, -0.227968},
        {0.280085, 0.672501, 0.047413},
        {-0.011820, 0.042940, 0.968881}
    };

    private static final double[][] PROTANOPIA = {
        {0.152286, 1.052583, -0.204868},
        {0.114503, 0.786281, 0.099216},
        {-0.003882, -0.048116, 1.051998}
    };

    @Test
    void givesTheFirstVersionBlueAndTheNextOrange() {
        ArmColours colours = new ArmColours();

        colours.learn("churn", List.of("v1", "v2"));

        assertThat(colours.indexOf("churn", "v1")).isZero();
        assertThat(colours.indexOf("churn", "v2")).isEqualTo(1);
    }

    @Test
    void keepsAVersionsColourWhenItsRoleChanges() {
        ArmColours colours = new ArmColours();
        colours.learn("churn", List.of("v1", "v2"));

        colours.learn("churn", List.of("v2", "v3"));

        assertThat(colours.indexOf("churn", "v2")).isEqualTo(1);
        assertThat(colours.indexOf("churn", "v3")).isEqualTo(2);
    }

    static Stream<Arguments> visions() {
        return Stream.of(Theme.values())
                .flatMap(
                        theme ->
                                Stream.of(
                                        Arguments.of(theme, "deuteranopia", DEUTERANOPIA),
                                        Arguments.of(theme, "protanopia", PROTANOPIA)));
    }

    @ParameterizedTest(name = "{0}, {1}")
    @MethodSource("visions")
    void tellsTheArmsApartWithoutRedOrGreen(Theme theme, String name, double[][] vision) {
        ThemeTokens tokens = theme.tokens();

        IntStream.range(0, ArmColours.COUNT)
                .forEach(
                        one ->
                                IntStream.range(one + 1, ArmColours.COUNT)
                                        .forEach(
                                                other ->
                                                        assertThat(
                                                                        Luminance.distance(
                                                                                tokens.hex(
                                                                                        "arm-"
                                                                                                + one),
                                                                                tokens.hex(
                                                                                        "arm-"
                                                                                                + other),
                                                                                vision))
                                                                .as(
                                                                        "arms %d and %d for %s",
                                                                        one, other, name)
                                                                .isGreaterThan(12)));
    }
}
