package dev.tidegate.workbench.fleet;

import dev.tidegate.workbench.control.Figures;
import dev.tidegate.workbench.control.WeightBar;
import dev.tidegate.workbench.theme.ArmColours;
import dev.tidegate.workbench.theme.Tone;
import java.util.List;
import java.util.OptionalLong;

/** Prepares the lines of the overview. */
final class FleetRows {
    private final ArmColours colours;

    FleetRows(ArmColours colours) {
        this.colours = colours;
    }

    List<ModelRow> rows(FleetSnapshot fleet) {
        return fleet.models().stream().map(model -> row(fleet, model)).toList();
    }

    private ModelRow row(FleetSnapshot fleet, FleetModel model) {
        return new ModelRow(
                model.name(),
                Figures.plain(model.requestsPerSecond()),
                model.requests() == 0 ? Figures.NONE : Figures.plain(100 * model.errorShare()),
                millis(model.p50Micros()),
                millis(model.p95Micros()),
                millis(model.p99Micros()),
                Figures.counted(model.requests(), "request", "requests")
                        + " in the newest "
                        + model.windowSeconds()
                        + " s, "
                        + Figures.count(model.errors())
                        + " failed",
                model.arms().stream().map(arm -> piece(model, arm)).toList(),
                model.rollout().map(open -> RolloutWords.tone(open.state())).orElse(Tone.GOOD),
                model.rollout().map(open -> RolloutWords.state(open.state())).orElse("steady"),
                model.rollout().map(FleetModel.OpenRollout::id),
                fleet.historyOf(model.name()).requests());
    }

    private WeightBar.Piece piece(FleetModel model, FleetModel.Arm arm) {
        return new WeightBar.Piece(
                arm.version(), arm.weight(), colours.indexOf(model.name(), arm.version()));
    }

    private static String millis(OptionalLong micros) {
        return micros.isPresent()
                ? Figures.millisNumber((double) micros.getAsLong())
                : Figures.NONE;
    }

    List<OpenRolloutItem> openRollouts(FleetSnapshot fleet) {
        return fleet.models().stream()
                .flatMap(model -> model.rollout().map(open -> item(model, open)).stream())
                .toList();
    }

    private static OpenRolloutItem item(FleetModel model, FleetModel.OpenRollout open) {
        String candidate = model.arm("candidate").map(FleetModel.Arm::version).orElse("");
        String weight =
                model.arm("candidate")
                        .map(arm -> Figures.percent(arm.weight()) + " of traffic. ")
                        .orElse("");
        return new OpenRolloutItem(
                open.id(),
                (model.name() + " " + candidate).strip(),
                weight + Figures.sentence(open.reason()),
                RolloutWords.tone(open.state()),
                RolloutWords.state(open.state()),
                open.waitsForApproval());
    }
}
