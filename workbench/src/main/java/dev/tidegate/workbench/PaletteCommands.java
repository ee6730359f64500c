package dev.tidegate.workbench;

import dev.tidegate.workbench.fleet.FleetModel;
import dev.tidegate.workbench.fleet.FleetViewModel;
import dev.tidegate.workbench.fx.View;
import dev.tidegate.workbench.navigation.Navigation;
import dev.tidegate.workbench.navigation.Place;
import dev.tidegate.workbench.rollout.RolloutView;
import dev.tidegate.workbench.shell.Command;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** Everything that the palette can do now: screens, actions of the screen, models, rollouts. */
final class PaletteCommands {
    private final Navigation navigation;
    private final FleetViewModel fleet;
    private final Supplier<View> shown;
    private final Supplier<List<Command>> window;

    /**
     * @param shown the view on the screen
     * @param window what can be done with the window itself
     */
    PaletteCommands(
            Navigation navigation,
            FleetViewModel fleet,
            Supplier<View> shown,
            Supplier<List<Command>> window) {
        this.navigation = navigation;
        this.fleet = fleet;
        this.shown = shown;
        this.window = window;
    }

    List<Command> now() {
        return Stream.of(screens(), actions(), models(), window.get().stream())
                .flatMap(commands -> commands)
                .toList();
    }

    private Stream<Command> screens() {
        return Stream.of(
                go("screen", "Overview", new Place.Overview()),
                go("screen", "Rollouts", new Place.Rollouts()),
                go("screen", "Models", new Place.Models()),
                go("screen", "Playground", new Place.Playground("", "")),
                go("screen", "Batch jobs", new Place.Batches()));
    }

    private Command go(String kind, String name, Place place) {
        return Command.of(kind, name, () -> navigation.go(place));
    }

    /** The actions of the rollout that is on the screen. */
    private Stream<Command> actions() {
        return shown.get() instanceof RolloutView rollout
                ? rollout.actions().stream()
                        .map(
                                action ->
                                        new Command(
                                                "action",
                                                action.state().words(),
                                                action.state().reason(),
                                                action.run()))
                : Stream.empty();
    }

    private Stream<Command> models() {
        return fleet.feedProperty().get().newest().stream()
                .flatMap(fleetNow -> fleetNow.models().stream())
                .flatMap(this::ofModel);
    }

    private Stream<Command> ofModel(FleetModel model) {
        Command ask = go("model", "Ask " + model.name(), new Place.Playground(model.name(), ""));
        Command open = go("model", model.name(), new Place.OneModel(model.name()));
        return Stream.concat(
                Stream.of(open, ask),
                model.rollout().stream()
                        .map(
                                running ->
                                        go(
                                                "rollout",
                                                "Rollout of " + model.name(),
                                                new Place.OneRollout(running.id()))));
    }
}
