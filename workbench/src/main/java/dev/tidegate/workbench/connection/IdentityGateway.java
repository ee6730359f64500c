package dev.tidegate.workbench.connection;

import dev.tidegate.workbench.failure.Outcome;
import java.util.concurrent.CompletableFuture;

/** Asks the server who we are. */
public interface IdentityGateway {
    CompletableFuture<Outcome<Identity>> whoAmI();
}
