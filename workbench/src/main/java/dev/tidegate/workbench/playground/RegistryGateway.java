package dev.tidegate.workbench.playground;

import dev.tidegate.workbench.failure.Outcome;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** Reads the registered models. */
public interface RegistryGateway {
    CompletableFuture<Outcome<List<ModelChoice>>> models();
}
