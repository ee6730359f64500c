package dev.tidegate.workbench.rollout;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidegate.workbench.ScriptedRollout;
import dev.tidegate.workbench.theme.Tone;
import java.time.Duration;
import org.junit.jupiter.api.Test;

final class WhatIfTest {
    private static final Rollout ROLLOUT =
            RolloutProtoMapper.rollout(new ScriptedRollout(280, "RUNNING").now());

    private static Guardrail errors() {
        return ROLLOUT.guardrails().getFirst();
    }

    @Test
    void multipliesTheDifferenceAndItsIntervalByTheUnitsThatWouldHaveCome() {
        WhatIf quarter = WhatIf.of(ROLLOUT, errors(), 0.25);

        // 8,214 units of both arms; 0.25 × 8,214 × 0.0009, and its interval −0.0053 to 0.0071
        assertThat(quarter.words())
                .startsWith("Had v2 had 25 % since ")
                .endsWith("expected extra errors 1.85 [−10.9, 14.6]");
        assertThat(quarter.origin()).contains("2,054 units", "confidence sequence", "n = 8,214");
    }

    @Test
    void callsSlowAnswersWhatTheyAre() {
        assertThat(WhatIf.of(ROLLOUT, ROLLOUT.guardrails().get(1), 0.5).words())
                .contains("expected extra slow answers");
    }

    @Test
    void givesNoNumberOnInsufficientEvidence() {
        WhatIf answer = WhatIf.of(ROLLOUT, with(Verdict.INSUFFICIENT, errors().difference()), 0.25);

        assertThat(answer.tone()).isEqualTo(Tone.UNKNOWN);
        assertThat(answer.words()).isEqualTo("Insufficient evidence: " + errors().reason());
    }

    @Test
    void givesNoNumberBeforeTheFirstUnit() {
        Estimate none = new Estimate(0, 0, 0, 0.95, 0, Duration.ZERO, "");

        assertThat(WhatIf.of(ROLLOUT, with(Verdict.KEEP_COLLECTING, none), 0.25).words())
                .isEqualTo("No evidence in this step yet");
    }

    private static Guardrail with(Verdict verdict, Estimate difference) {
        Guardrail one = errors();
        return new Guardrail(
                one.name(),
                verdict,
                one.reason(),
                one.champion(),
                one.candidate(),
                difference,
                one.tolerance(),
                one.needed(),
                one.eta(),
                one.logEValue(),
                one.alpha(),
                one.championThreshold(),
                one.candidateThreshold(),
                one.championEvents(),
                one.candidateEvents());
    }
}
