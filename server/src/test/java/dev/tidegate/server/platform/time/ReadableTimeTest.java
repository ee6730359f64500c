package dev.tidegate.server.platform.time;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ReadableTimeTest {

    @ParameterizedTest
    @CsvSource({
        "PT0S, 0 ms",
        "PT0.000012S, 0.012 ms",
        "PT0.0085S, 8.5 ms",
        "PT0.25S, 250 ms",
        "PT0.9999S, 1 s",
        "PT1S, 1 s",
        "PT8.796123S, 8.8 s",
        "PT59.94S, 59.9 s",
        "PT59.96S, 1 min",
        "PT2M5.4S, 2 min 5 s",
        "PT59M59.6S, 1 h",
        "PT3H5M, 3 h 5 min",
        "PT23H59M45S, 1 d",
        "PT51H, 2 d 3 h",
        "PT-90S, -1 min 30 s"
    })
    void rendersSpansInTwoUnitsAtMost(Duration span, String expected) {
        assertThat(ReadableTime.of(span)).isEqualTo(expected);
    }

    @Test
    void rendersTimesToTheSecond() {
        assertThat(ReadableTime.of(Instant.parse("2026-01-31T08:00:05.123456789Z")))
                .isEqualTo("2026-01-31T08:00:05Z");
    }
}
