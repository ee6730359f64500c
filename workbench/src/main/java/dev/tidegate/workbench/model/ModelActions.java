package dev.tidegate.workbench.model;

import dev.tidegate.workbench.control.ActionState;
import dev.tidegate.workbench.control.Figures;
import dev.tidegate.workbench.fleet.FleetModel;
import java.util.Optional;

/**
 * What can be done with the chosen version now, each with target and effect on its button.
 *
 * @param effect what making it the champion does, in a sentence
 */
record ModelActions(ActionState load, ActionState unload, ActionState makeChampion, String effect) {

    static ModelActions of(ModelSnapshot now, ServedVersion chosen, boolean busy) {
        return new ModelActions(
                load(chosen).withBusy(busy),
                unload(now, chosen).withBusy(busy),
                champion(now, chosen).withBusy(busy),
                effect(now, chosen));
    }

    private static ActionState load(ServedVersion chosen) {
        String words = "Load " + chosen.version();
        return chosen.loaded()
                ? ActionState.refused(words, chosen.version() + " is in memory already")
                : ActionState.allowed(words);
    }

    private static ActionState unload(ModelSnapshot now, ServedVersion chosen) {
        String words = "Unload " + chosen.version();
        if (!chosen.loaded()) {
            return ActionState.refused(words, chosen.version() + " is not in memory");
        }
        return now.isRouted(chosen.version())
                ? ActionState.refused(words, chosen.version() + " answers requests")
                : ActionState.allowed(words);
    }

    private static ActionState champion(ModelSnapshot now, ServedVersion chosen) {
        String words =
                "Give all traffic of %s to %s".formatted(now.model().name(), chosen.version());
        if (chosen.isChampion()) {
            return ActionState.refused(words, chosen.version() + " is the champion already");
        }
        return now.live().flatMap(FleetModel::rollout).isPresent()
                ? ActionState.refused(words, "a rollout decides who answers until it ends")
                : ActionState.allowed(words);
    }

    private static String effect(ModelSnapshot now, ServedVersion chosen) {
        String model = now.model().name();
        Optional<ServedVersion> champion = now.model().champion();
        String traffic =
                now.live()
                        .map(live -> ", " + Figures.rate(live.requestsPerSecond()) + " at present,")
                        .orElse("");
        return champion.map(
                        former ->
                                "Every request to %s that names no version%s goes to %s instead of %s, at once, on all replicas, and without the evidence that a rollout collects. %s stays in memory; going back is the same step with %s."
                                        .formatted(
                                                model,
                                                traffic,
                                                chosen.version(),
                                                former.version(),
                                                former.version(),
                                                former.version()))
                .orElseGet(
                        () ->
                                "%s has no champion: requests that name no version are refused. From then on %s answers them."
                                        .formatted(model, chosen.version()));
    }
}
