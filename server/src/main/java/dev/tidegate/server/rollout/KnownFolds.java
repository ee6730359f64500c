package dev.tidegate.server.rollout;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;

/** The folds that the leader has in memory. A week's rollout takes long to fold again. */
final class KnownFolds {
    private final Map<UUID, RolloutFold> folds = new HashMap<>();

    /** Returns the rollout's fold, restored when it is not in memory. */
    RolloutFold of(UUID rollout, Supplier<RolloutFold> restored) {
        return folds.computeIfAbsent(rollout, id -> restored.get());
    }

    /** Takes a look; one that fails loses the fold only when it has folded something. */
    void during(UUID rollout, Runnable look) {
        boolean stored = false;
        try {
            look.run();
            stored = true;
        } finally {
            settle(rollout, stored);
        }
    }

    private void settle(UUID rollout, boolean stored) {
        RolloutFold fold = folds.get(rollout);
        if (fold != null && stored) {
            fold.stored();
        } else if (fold != null && fold.isAhead()) {
            folds.remove(rollout);
        }
    }

    void forgetAllBut(Set<UUID> rollouts) {
        folds.keySet().retainAll(rollouts);
    }

    void clear() {
        folds.clear();
    }
}
