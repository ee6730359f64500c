package dev.tidegate.server.inference;

import dev.tidegate.server.platform.error.TidegateException;
import dev.tidegate.server.registry.RegisteredVersion;
import jakarta.inject.Singleton;
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

    private final LoadedVersions versions;
    private final Workers workers;
    private final AtomicInteger waiting = new AtomicInteger();

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
        if (waiting.incrementAndGet() > MOST) {
            waiting.decrementAndGet();
            throw TidegateException.exhausted(
                    "%d requests wait for versions to be loaded already, which is the most that may; try again later"
                            .formatted(MOST));
        }
        AwaitedLoad request = new AwaitedLoad(version, workers, run, refuse);
        request.limit(patience);
        ask(request);
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
            waiting.decrementAndGet();
        } else if (loaded != null && !loaded.hold()) {
            workers.executeBriefly(() -> ask(request));
        } else {
            waiting.decrementAndGet();
            request.ended(loaded, failure);
        }
    }
}
