package dev.tidegate.server.inference;

import jakarta.inject.Singleton;

/** The one way of requests from outside to the registry: few at a time, and few that wait. */
@Singleton
public final class RegistryLookups {
    private final Workers workers;

    RegistryLookups(Workers workers) {
        this.workers = workers;
    }

    /** Runs what asks the registry on a thread that may wait, or refuses it at once. */
    public void execute(Runnable lookup) {
        workers.executeLookup(lookup);
    }
}
