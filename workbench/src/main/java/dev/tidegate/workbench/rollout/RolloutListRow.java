package dev.tidegate.workbench.rollout;

import dev.tidegate.workbench.control.Figures;
import dev.tidegate.workbench.control.Times;
import dev.tidegate.workbench.fleet.RolloutWords;
import dev.tidegate.workbench.theme.Tone;
import java.time.Duration;

/** One line of the list of rollouts, ready to be shown. */
record RolloutListRow(
        String id,
        String model,
        String arms,
        Tone tone,
        String state,
        String weight,
        String started,
        String startedBy,
        String took,
        String reason) {
    static RolloutListRow of(Rollout rollout) {
        Duration took =
                Duration.between(rollout.startedAt(), rollout.endedAt().orElse(rollout.asOf()));
        return new RolloutListRow(
                rollout.id(),
                rollout.model(),
                rollout.champion() + " → " + rollout.candidate(),
                RolloutWords.tone(rollout.state()),
                RolloutWords.state(rollout.state()),
                Figures.plain(100 * rollout.weight()),
                Times.clock(rollout.startedAt(), rollout.asOf()),
                rollout.startedBy(),
                Figures.about(took),
                Figures.sentence(rollout.reason()));
    }
}
