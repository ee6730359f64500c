package dev.tidegate.server.inference;

import dev.tidegate.server.platform.error.TidegateException;
import dev.tidegate.server.platform.time.MonotonicClock;
import dev.tidegate.server.predictionlog.KeptMessages;
import dev.tidegate.server.registry.RegisteredVersion;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/** What could not be loaded on this replica lately, and why. */
@Singleton
final class FailedLoads {
    private static final Duration KEPT = Duration.ofMinutes(10);

    private final KeptMessages messages;
    private final MonotonicClock clock;

    /** The newest failure of each version that has not been loaded since. */
    private final Map<Long, Failure> failures = new ConcurrentHashMap<>();

    private record Failure(String reason, long at) {}

    FailedLoads(KeptMessages messages, MonotonicClock clock) {
        this.messages = messages;
        this.clock = clock;
    }

    void failed(RegisteredVersion version, Throwable failure) {
        String reason =
                VersionLoads.failure(failure) instanceof TidegateException known
                        ? messages.reason(version.modelId(), known.text())
                        : "it cannot be loaded; the log of this replica says why";
        failures.put(version.id(), new Failure(reason, clock.nanos()));
    }

    void succeeded(long versionId) {
        failures.remove(versionId);
    }

    /** Returns the reasons of the last ten minutes, by the ids of the versions. */
    Map<Long, String> reasons() {
        long now = clock.nanos();
        failures.values().removeIf(failure -> now - failure.at() > KEPT.toNanos());
        return failures.entrySet().stream()
                .collect(Collectors.toMap(Map.Entry::getKey, each -> each.getValue().reason()));
    }
}
