package dev.tidegate.server.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tidegate.server.platform.error.TidegateException;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class VersionSettingsTest {
    @Test
    void keepsWhatIsSetAndNothingElse() {
        Map<String, String> values =
                Map.of(
                        "instances",
                        "2",
                        "intra-op-threads",
                        "4",
                        "max-batch",
                        "64",
                        "max-batch-delay",
                        "1500us",
                        "max-queue",
                        "10",
                        "optimization",
                        "basic",
                        "provider",
                        "tensorrt");
        VersionSettings settings = VersionSettings.of(values);
        assertThat(settings.provider()).contains(ExecutionProvider.TENSORRT);
        assertThat(settings.maxBatch()).hasValue(64);
        assertThat(settings.maxBatchDelay()).contains(Duration.of(1500, ChronoUnit.MICROS));
        assertThat(settings.values()).isEqualTo(values);
        assertThat(VersionSettings.DEFAULT.values()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "instances, 0, a whole number from 1 to 64",
        "instances, 65, a whole number from 1 to 64",
        "max-batch-delay, 0us, 1us to 1000ms",
        "max-batch-delay, 1001ms, 1us to 1000ms",
        "max-batch-delay, 5, 1us to 1000ms",
        "max-batch, many, a whole number from 1 to 65536",
        "intra-op-threads, 99999999999999, a whole number from 1 to 256",
        "provider, tpu, 'one of [cpu, cuda, tensorrt]'",
        "optimization, '', 'one of [none, basic, extended, all]'",
    })
    void refusesWhatCannotBe(String name, String value, String expected) {
        assertThatThrownBy(() -> VersionSettings.of(Map.of(name, value)))
                .isInstanceOf(TidegateException.class)
                .hasMessageContaining("'" + name + "'")
                .hasMessageContaining("'" + value + "'")
                .hasMessageContaining(expected);
    }

    @Test
    void refusesASettingThatNobodyKnows() {
        assertThatThrownBy(() -> VersionSettings.of(Map.of("max_batch", "2")))
                .hasMessageContaining("'max_batch'")
                .hasMessageContaining("max-batch");
    }
}
