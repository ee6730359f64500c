package dev.tidegate.workbench.rollout;

import dev.tidegate.workbench.failure.Outcome;
import dev.tidegate.workbench.fleet.EventGateway;
import dev.tidegate.workbench.fleet.FleetEvent;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;

/** Steps, ends and holds of all rollouts as events of their models. */
public final class RolloutEvents implements EventGateway {
    private final RolloutGateway rollouts;

    public RolloutEvents(RolloutGateway rollouts) {
        this.rollouts = rollouts;
    }

    @Override
    public CompletableFuture<Outcome<List<FleetEvent>>> events() {
        return rollouts.list().thenApply(RolloutEvents::events);
    }

    private static Outcome<List<FleetEvent>> events(Outcome<List<Rollout>> listed) {
        return switch (listed) {
            case Outcome.Answered<List<Rollout>> answered ->
                    new Outcome.Answered<>(
                            answered.value().stream().flatMap(RolloutEvents::events).toList());
            case Outcome.Failed<List<Rollout>> failed -> new Outcome.Failed<>(failed.failure());
        };
    }

    private static Stream<FleetEvent> events(Rollout rollout) {
        return rollout.events().stream()
                .filter(event -> !event.kind().equals("start") && !event.kind().equals("approval"))
                .map(
                        event ->
                                new FleetEvent(
                                        rollout.model(),
                                        event.at(),
                                        rollout.candidate() + " " + EvidenceMarks.words(event),
                                        EvidenceMarks.tone(event)));
    }
}
