package dev.tidegate.server.inference;

import java.util.List;

/** Ends a run of several requests when nobody waits for any of them any more. */
final class SharedInterruption {
    private final Interruption interruption = new Interruption();
    private final List<Attempt> mates;

    SharedInterruption(List<Attempt> mates) {
        this.mates = mates;
    }

    Interruption interruption() {
        return interruption;
    }

    /** One of them was settled. */
    void settled() {
        if (mates.stream().allMatch(Attempt::isSettled)) {
            interruption.interrupt();
        }
    }
}
