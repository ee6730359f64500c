package dev.tidegate.workbench;

import dev.tidegate.workbench.batch.BatchGateway;
import dev.tidegate.workbench.batch.BatchListView;
import dev.tidegate.workbench.batch.BatchListViewModel;
import dev.tidegate.workbench.batch.GrpcBatchGateway;
import dev.tidegate.workbench.connection.Streams;
import dev.tidegate.workbench.control.ColumnWidths;
import dev.tidegate.workbench.control.Overlay;
import dev.tidegate.workbench.fleet.FleetViewModel;
import dev.tidegate.workbench.fleet.OverviewView;
import dev.tidegate.workbench.fx.UiPulse;
import dev.tidegate.workbench.fx.View;
import dev.tidegate.workbench.model.GrpcModelGateway;
import dev.tidegate.workbench.model.ModelGateway;
import dev.tidegate.workbench.model.ModelListView;
import dev.tidegate.workbench.model.ModelListViewModel;
import dev.tidegate.workbench.model.ModelView;
import dev.tidegate.workbench.model.ModelViewModel;
import dev.tidegate.workbench.navigation.Navigation;
import dev.tidegate.workbench.navigation.Place;
import dev.tidegate.workbench.playground.GrpcInferenceGateway;
import dev.tidegate.workbench.playground.PlaygroundView;
import dev.tidegate.workbench.playground.PlaygroundViewModel;
import dev.tidegate.workbench.playground.RegistryGateway;
import dev.tidegate.workbench.predictionlog.GrpcPredictionLogGateway;
import dev.tidegate.workbench.predictionlog.PredictionLogGateway;
import dev.tidegate.workbench.rollout.FailuresViewModel;
import dev.tidegate.workbench.rollout.ReasonDrafts;
import dev.tidegate.workbench.rollout.RolloutGateway;
import dev.tidegate.workbench.rollout.RolloutListView;
import dev.tidegate.workbench.rollout.RolloutListViewModel;
import dev.tidegate.workbench.rollout.RolloutView;
import dev.tidegate.workbench.rollout.RolloutViewModel;
import dev.tidegate.workbench.theme.ArmColours;
import dev.tidegate.workbench.theme.ChartPalette;
import io.grpc.Channel;
import java.time.Clock;
import java.util.concurrent.Executor;
import javafx.beans.value.ObservableValue;

/** Makes the view of a place, on one connection. */
final class Screens {
    private final String server;
    private final Navigation navigation;
    private final Overlay overlay;
    private final ColumnWidths columns;
    private final ObservableValue<ChartPalette> palette;
    private final UiPulse pulse;
    private final Executor screen;
    private final Clock clock;
    private final Streams streams;
    private final ArmColours colours;
    private final FleetViewModel fleet;
    private final RolloutGateway rollouts;
    private final PredictionLogGateway log;
    private final ModelGateway models;
    private final PlaygroundViewModel playground;
    private final RegistryGateway registry;
    private final BatchGateway batches;
    private final ReasonDrafts drafts = new ReasonDrafts();

    Screens(
            Channel channel,
            String server,
            RegistryGateway registry,
            RolloutGateway rollouts,
            FleetViewModel fleet,
            Navigation navigation,
            Overlay overlay,
            ColumnWidths columns,
            ObservableValue<ChartPalette> palette,
            UiPulse pulse,
            Executor screen,
            Clock clock,
            Streams streams,
            ArmColours colours) {
        this.server = server;
        this.fleet = fleet;
        this.navigation = navigation;
        this.overlay = overlay;
        this.columns = columns;
        this.palette = palette;
        this.pulse = pulse;
        this.screen = screen;
        this.clock = clock;
        this.streams = streams;
        this.colours = colours;
        this.rollouts = rollouts;
        this.registry = registry;
        batches = new GrpcBatchGateway(channel);
        log = new GrpcPredictionLogGateway(channel);
        models = new GrpcModelGateway(channel);
        playground =
                new PlaygroundViewModel(
                        registry,
                        new GrpcInferenceGateway(channel, System::nanoTime),
                        log,
                        fleet.feedProperty(),
                        pulse,
                        screen,
                        clock);
    }

    View of(Place place) {
        return switch (place) {
            case Place.Overview _ -> new OverviewView(fleet, navigation, columns, palette);
            case Place.Models _ ->
                    new ModelListView(
                            new ModelListViewModel(models, pulse, screen, clock),
                            navigation,
                            columns);
            case Place.OneModel one ->
                    new ModelView(
                            new ModelViewModel(
                                    one.name(), models, fleet.feedProperty(), pulse, screen, clock),
                            navigation,
                            overlay,
                            columns,
                            palette);
            case Place.Rollouts _ ->
                    new RolloutListView(
                            new RolloutListViewModel(rollouts, pulse, screen, clock),
                            navigation,
                            columns);
            case Place.OneRollout one -> rollout(one.id());
            case Place.Playground asked -> {
                playground.visit(asked.model(), asked.entry());
                yield new PlaygroundView(playground, columns, server);
            }
            case Place.Batches _ ->
                    new BatchListView(
                            new BatchListViewModel(batches, registry, pulse, screen, clock),
                            columns);
        };
    }

    private RolloutView rollout(String id) {
        return new RolloutView(
                new RolloutViewModel(id, rollouts, streams, pulse, screen, clock, colours, drafts),
                new FailuresViewModel(log, pulse, screen),
                navigation,
                overlay,
                columns,
                palette);
    }
}
