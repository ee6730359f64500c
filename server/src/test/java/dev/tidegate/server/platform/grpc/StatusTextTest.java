package dev.tidegate.server.platform.grpc;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StatusTextTest {
    @Test
    void leavesATextAsItIsWhenItFits() {
        String text = "category 'röt' came, expected one of 'rot'";
        assertThat(StatusText.fitting(text)).isSameAs(text);
        assertThat(StatusText.fitting("x".repeat(1500))).hasSize(1500);
        assertThat(StatusText.fitting("")).isEmpty();
    }

    @Test
    void saysHowLongATextWas() {
        assertThat(StatusText.fitting("x".repeat(9000)))
                .isEqualTo("x".repeat(1500) + "… (9000 characters)");
    }

    @ParameterizedTest
    @ValueSource(strings = {"x", "%", "\u0001", "ü", "€", "😀"})
    void staysFarBelowEightKibibytesOnTheWire(String letter) {
        String fitting = StatusText.fitting(letter.repeat(5000));
        assertThat(URLEncoder.encode(fitting, StandardCharsets.UTF_8)).hasSizeLessThan(6100);
        assertThat(fitting).endsWith("… (" + 5000 * letter.length() + " characters)");
        assertThat(fitting.replaceFirst("….*", "").replace(letter, "")).isEmpty();
    }
}
