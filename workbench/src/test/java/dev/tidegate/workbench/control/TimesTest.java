package dev.tidegate.workbench.control;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import org.junit.jupiter.api.Test;

final class TimesTest {
    private static final Instant NOW = local("2026-03-01T00:10:00");

    private static Instant local(String text) {
        return LocalDateTime.parse(text).atZone(ZoneId.systemDefault()).toInstant();
    }

    @Test
    void saysOnlyTheTimeOfDayToday() {
        assertThat(Times.clock(local("2026-03-01T00:00:04"), NOW)).isEqualTo("00:00:04");
    }

    @Test
    void saysTheDateOfAnyOtherDay() {
        assertThat(Times.clock(local("2026-02-28T23:59:59"), NOW)).isEqualTo("2026-02-28 23:59:59");
        assertThat(Times.clock(local("2025-03-01T00:10:00"), NOW)).isEqualTo("2025-03-01 00:10:00");
    }
}
