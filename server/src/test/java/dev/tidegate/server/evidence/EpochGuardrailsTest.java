package dev.tidegate.server.evidence;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidegate.server.journal.Outcome;
import dev.tidegate.server.routing.SlowThreshold;
import dev.tidegate.server.stats.Arm;
import java.util.List;
import org.junit.jupiter.api.Test;

final class EpochGuardrailsTest {
    private final EpochGuardrails guardrails =
            EpochGuardrails.of(
                    List.of(
                            new SlowThreshold("p95", 0.95, 1_000, 21_000),
                            new SlowThreshold("p99", 0.99, 5_000, 5_000)));

    @Test
    void countsAFailureOnEveryGuardrail() {
        assertThat(guardrails.mask(Arm.CHAMPION, Outcome.FAILED, 1)).isEqualTo((byte) 0b111);
        assertThat(guardrails.mask(Arm.CANDIDATE, Outcome.CANCELLED, 1)).isEqualTo((byte) 0b111);
        assertThat(guardrails.mask(Arm.CHAMPION, Outcome.LATE, 1)).isEqualTo((byte) 0b111);
    }

    @Test
    void allowsTheCandidateItsMargin() {
        assertThat(guardrails.mask(Arm.CHAMPION, Outcome.OK, 1_000)).isZero();
        assertThat(guardrails.mask(Arm.CHAMPION, Outcome.OK, 1_001)).isEqualTo((byte) 0b010);
        assertThat(guardrails.mask(Arm.CANDIDATE, Outcome.OK, 5_000)).isZero();
        assertThat(guardrails.mask(Arm.CANDIDATE, Outcome.OK, 5_001)).isEqualTo((byte) 0b100);
        assertThat(guardrails.mask(Arm.CANDIDATE, Outcome.OK, 21_001)).isEqualTo((byte) 0b110);
    }
}
