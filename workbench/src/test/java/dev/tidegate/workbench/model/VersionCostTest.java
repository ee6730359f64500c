package dev.tidegate.workbench.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

final class VersionCostTest {
    @Test
    void saysOfHowManyInferencesACostIs() {
        assertThat(new VersionCost(48_213, 0.04123, OptionalDouble.empty()).words())
                .isEqualTo("0.0412 (n 48,213)");
        assertThat(new VersionCost(7, 36, OptionalDouble.of(0.0025)).words())
                .isEqualTo("36 · 0.0025 (n 7)");
    }
}
