package dev.tidegate.server.demo;

import dev.tidegate.server.cli.Document;

/** Who signs a promotion. */
interface Approver {
    /** Hears, once, that the rollout waits for a signature; gives it, or says who can. */
    void onWaiting(Document rollout) throws InterruptedException;

    /** Hears, now and then, that it still waits. */
    default void onStillWaiting(Document rollout) throws InterruptedException {}
}
