package dev.tidegate.workbench.model;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A version as the registry has it.
 *
 * @param loaded whether the replica that was asked has it in memory
 * @param bytes of its file
 * @param takes its input tensors in words, one a line
 * @param gives its output tensors in words, one a line
 * @param cost of its answers, when that is known
 */
record ServedVersion(
        String version,
        String state,
        List<String> aliases,
        boolean loaded,
        Instant registeredAt,
        String registeredBy,
        String digest,
        long bytes,
        String takes,
        String gives,
        Optional<VersionCost> cost) {
    static final String CHAMPION = "champion";

    ServedVersion {
        aliases = List.copyOf(aliases);
    }

    boolean isChampion() {
        return aliases.contains(CHAMPION);
    }
}
