package dev.tidegate.server.inference;

import jakarta.inject.Singleton;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The ladders of all models, read without a lock. */
@Singleton
final class Ladders {
    private final Map<Long, Ladder> byModel = new ConcurrentHashMap<>();

    Ladder of(long modelId) {
        return byModel.getOrDefault(modelId, Ladder.NONE);
    }

    void put(Ladder ladder) {
        byModel.put(ladder.modelId(), ladder);
    }

    /** Returns the versions that ladders ask. */
    List<Long> versionIds() {
        return byModel.values().stream()
                .flatMap(ladder -> ladder.versionId().stream().boxed())
                .toList();
    }

    /** Returns whether a ladder asks the version, which therefore stays loaded. */
    boolean names(long versionId) {
        return byModel.values().stream()
                .anyMatch(
                        ladder ->
                                ladder.versionId().isPresent()
                                        && ladder.versionId().getAsLong() == versionId);
    }
}
