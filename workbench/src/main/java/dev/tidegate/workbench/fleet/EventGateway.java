package dev.tidegate.workbench.fleet;

import dev.tidegate.workbench.failure.Outcome;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** Knows what happened to the models lately. */
public interface EventGateway {
    CompletableFuture<Outcome<List<FleetEvent>>> events();
}
