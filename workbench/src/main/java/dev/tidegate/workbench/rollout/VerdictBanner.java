package dev.tidegate.workbench.rollout;

import dev.tidegate.workbench.control.Figures;
import dev.tidegate.workbench.control.Icons;
import dev.tidegate.workbench.control.Labels;
import dev.tidegate.workbench.theme.Tone;
import java.time.Duration;
import java.util.List;
import javafx.scene.Node;
import javafx.scene.layout.VBox;

/** How many guardrails are safe, and on what that rests. */
final class VerdictBanner {
    private VerdictBanner() {}

    static Tone tone(Rollout rollout) {
        if (rollout.guardrails().stream()
                .anyMatch(guardrail -> guardrail.verdict() == Verdict.HARMFUL)) {
            return Tone.BAD;
        }
        return safe(rollout) == rollout.guardrails().size() ? Tone.GOOD : Tone.WATCH;
    }

    static List<Node> content(Rollout rollout) {
        String title =
                safe(rollout) + " of " + rollout.guardrails().size() + " guardrails are safe";
        VBox words =
                new VBox(
                        2,
                        Labels.of(title, "banner-title"),
                        Labels.wrapping(basis(rollout), "banner-text"));
        return List.of(Icons.of(tone(rollout)), words);
    }

    private static long safe(Rollout rollout) {
        return rollout.guardrails().stream()
                .filter(guardrail -> guardrail.verdict() == Verdict.SAFE)
                .count();
    }

    private static String basis(Rollout rollout) {
        Duration since = Duration.between(rollout.startedAt(), rollout.asOf());
        return "Observed for "
                + Figures.about(since)
                + "; "
                + Figures.counted(rollout.stepUnits(), "unit", "units")
                + " of "
                + rollout.candidate()
                + " in this step; expected extra events so far "
                + (rollout.harm().isEmpty()
                        ? Figures.NONE
                        : Figures.plain(rollout.harm().value())
                                + " "
                                + rollout.harm().interval(Figures::plain))
                + ".";
    }
}
