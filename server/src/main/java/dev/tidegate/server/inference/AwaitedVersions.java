package dev.tidegate.server.inference;

import dev.tidegate.server.platform.error.TidegateException;
import dev.tidegate.server.registry.RegisteredVersion;
import jakarta.inject.Singleton;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Requests that name a version which is not in memory: they wait for its load without a thread, and
 * no longer than their own deadline.
 */
@Singleton
final class AwaitedVersions {
    /** Requests that may wait, those of all versions together. */
    private static final int MOST = 256;

    /** Requests that may wait for one version: it takes no place from another. */
    private static final int MOST_OF_ONE = 64;

    private final LoadedVersions versions;
    private final Workers workers;
    private final AtomicInteger waiting = new AtomicInteger();

    /** Requests by the version they wait for, none of them 0. */
    private final Map<Long, Integer> ofOne = new ConcurrentHashMap<>();

    AwaitedVersions(LoadedVersions versions, Workers workers) {
        this.versions = versions;
        this.workers = workers;
    }

    /**
     * Hands the version over once it is in memory.
     *
     * @param patience nanoseconds
     * @param run gets the version held, and releases it
     * @param refuse gets the reason when there will be no version, or not in time
     * @throws TidegateException exhausted when too many wait already
     */
    void whenLoaded(
            RegisteredVersion version,
            long patience,
            Consumer<LoadedVersion> run,
            Consumer<RuntimeException> refuse) {
        int all = waiting.incrementAndGet();
        int same = ofOne.merge(version.id(), 1, Integer::sum);
        if (all > MOST || same > MOST_OF_ONE) {
            left(version.id());
            throw TidegateException.exhausted(
                    same > MOST_OF_ONE
                            ? "%d requests wait for %s to be loaded already, which is the most that may; try again later"
                                    .formatted(MOST_OF_ONE, version.label())
                            : "%d requests wait for versions to be loaded already, which is the most that may; try again later"
                                    .formatted(MOST));
        }
        AwaitedLoad request =
                new AwaitedLoad(version, workers, run, refuse, () -> left(version.id()));
        request.limit(patience);
        ask(request);
    }

    private void left(long versionId) {
        waiting.decrementAndGet();
        ofOne.computeIfPresent(versionId, (id, count) -> count == 1 ? null : count - 1);
    }

    private void ask(AwaitedLoad request) {
        VersionLoads.whenEnded(
                versions.begin(request.version(), LoadReason.REQUEST),
                (loaded, failure) -> ended(request, loaded, failure));
    }

    /** A version that had to leave again before it was held is asked for once more. */
    private void ended(
            AwaitedLoad request, @Nullable LoadedVersion loaded, @Nullable Throwable failure) {
        if (request.isSettled()) {
            return;
        }
        if (loaded != null && !loaded.hold()) {
            workers.executeBriefly(() -> ask(request));
        } else {
            request.ended(loaded, failure);
        }
    }
}
