package dev.tidegate.server.rollout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tidegate.server.rollout.RampDecision.Advance;
import dev.tidegate.server.rollout.RampDecision.RollBack;
import dev.tidegate.server.rollout.RampDecision.Stay;
import dev.tidegate.server.rollout.RampDecision.Waiting;
import dev.tidegate.server.stats.GateStanding;
import dev.tidegate.server.stats.Insufficiency;
import dev.tidegate.server.stats.Verdict;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

final class StepPolicyTest {
    private static final RampStep STEP = new RampStep(0.05, Duration.ofSeconds(10), 200);
    private static final Duration LONG = Duration.ofSeconds(10);
    private static final List<Insufficiency> NONE = List.of();

    private final StepPolicy policy = new StepPolicy();

    @Test
    void movesOnOnceAllGuardrailsAreSafeAndTheMinimaMet() {
        assertThat(policy.decide(STEP, LONG, standing(200, NONE, Verdict.SAFE, Verdict.SAFE)))
                .isEqualTo(new Advance("all guardrails are safe: errors, p95"));
    }

    @Test
    void rollsBackOnOneHarmfulGuardrailWhateverElseIsTrue() {
        List<Insufficiency> gap = List.of(new Insufficiency("gap", "evidence is missing"));
        RampDecision decision =
                policy.decide(
                        STEP,
                        Duration.ZERO,
                        standing(1, gap, Verdict.HARMFUL, Verdict.INSUFFICIENT));
        assertThat(decision).isEqualTo(new RollBack("harmful: errors"));
    }

    @Test
    void holdsTheStepWhenTheEvidenceCannotBeJudged() {
        List<Insufficiency> gap = List.of(new Insufficiency("gap", "evidence is missing"));
        assertThat(policy.decide(STEP, LONG, standing(900, gap, Verdict.SAFE, Verdict.SAFE)))
                .isEqualTo(new Stay(Waiting.SUFFICIENT_EVIDENCE, "gap: evidence is missing"));
    }

    @Test
    void waitsForTheMinimumTimeThenForTheMinimumUnitsThenForEvidence() {
        GateStanding safe = standing(199, NONE, Verdict.SAFE, Verdict.SAFE);
        assertThat(waiting(policy.decide(STEP, LONG.minusNanos(1), safe)))
                .isEqualTo(Waiting.MINIMUM_TIME);
        assertThat(waiting(policy.decide(STEP, LONG, safe))).isEqualTo(Waiting.MINIMUM_UNITS);
        GateStanding half = standing(200, NONE, Verdict.SAFE, Verdict.KEEP_COLLECTING);
        assertThat(policy.decide(STEP, LONG, half))
                .isEqualTo(new Stay(Waiting.EVIDENCE, "not safe yet: p95"));
    }

    @Test
    void saysHowLongTheStepStandsAsPeopleSayIt() {
        RampDecision decision =
                policy.decide(
                        new RampStep(0.5, Duration.ofMinutes(2), 0),
                        Duration.ofNanos(8_796_123_456L),
                        standing(0, List.of(), Verdict.SAFE, Verdict.SAFE));

        assertThat(decision.reason())
                .isEqualTo("the step began 8.8 s ago, expected at least 2 min");
    }

    @Test
    void refusesStepsThatCannotBe() {
        assertThatThrownBy(() -> new RampStep(1, LONG, 0)).hasMessageContaining("1.0");
        assertThatThrownBy(() -> new RampStep(Double.NaN, LONG, 0)).hasMessageContaining("NaN");
        assertThatThrownBy(() -> new RampStep(0.5, LONG.negated(), 0))
                .hasMessageContaining("-10 s");
        assertThatThrownBy(() -> new RampStep(0.5, LONG, -1)).hasMessageContaining("-1");
    }

    private static Waiting waiting(RampDecision decision) {
        return ((Stay) decision).waitingFor();
    }

    private static GateStanding standing(
            long units, List<Insufficiency> insufficiencies, Verdict errors, Verdict p95) {
        return new GateStanding(
                List.of(errors, p95), List.of("errors", "p95"), units, insufficiencies);
    }
}
