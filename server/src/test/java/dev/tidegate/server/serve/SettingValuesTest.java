package dev.tidegate.server.serve;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tidegate.server.platform.error.TidegateException;
import io.micronaut.context.ApplicationContext;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class SettingValuesTest {
    @ParameterizedTest
    @CsvSource({
        "tidegate.inference.workers, many, a whole number",
        "tidegate.inference.deadline, soon, 'a time such as 250ms, 5s or 48h'",
        "tidegate.tracing.sample-ratio, half, a number",
        "tidegate.rollout.four-eyes, 1, true or false",
        "tidegate.rollout.four-eyes, ture, true or false",
        "tidegate.inference.workers, '', a whole number",
        "tidegate.log.format, xml, text or json"
    })
    void refusesWhatIsNoValueOfTheSetting(String key, String value, String expected) {
        try (ApplicationContext context = context(Map.of(key, value))) {
            assertThatThrownBy(() -> SettingValues.check(context))
                    .isInstanceOf(TidegateException.class)
                    .hasMessage("setting '%s' is '%s', expected %s", key, value, expected);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "tidegate.inference.workers, -1, 'tidegate.inference.workers is -1, expected at least 0'",
        "tidegate.tracing.endpoint, collector, 'tidegate.tracing.endpoint is ''collector'', expected a URL'",
        "tidegate.tracing.sample-ratio, 2, 'tidegate.tracing.sample-ratio is 2.0, expected 0 to 1'"
    })
    void refusesWhatTheFeatureRefuses(String key, String value, String message) {
        try (ApplicationContext context = context(Map.of(key, value))) {
            assertThatThrownBy(() -> SettingValues.check(context))
                    .isInstanceOf(TidegateException.class)
                    .hasMessageStartingWith(message);
        }
    }

    @Test
    void takesValuesOfEveryKind() {
        Map<String, Object> settings =
                Map.of(
                        "tidegate.inference.workers", "3",
                        "tidegate.inference.inline-limit", "500us",
                        "tidegate.log.format", "json",
                        "tidegate.rollout.four-eyes", "false",
                        "tidegate.identity.inference-key", "beyond-loopback",
                        "tidegate.tracing.endpoint", "https://collector.example/v1/traces");
        try (ApplicationContext context = context(settings)) {
            assertThatCode(() -> SettingValues.check(context)).doesNotThrowAnyException();
        }
    }

    private static ApplicationContext context(Map<String, Object> settings) {
        return ApplicationContext.builder()
                .banner(false)
                .deduceEnvironment(false)
                .properties(settings)
                .start();
    }
}
