package dev.tidegate.server.inference;

import dev.tidegate.server.platform.error.TidegateException;
import dev.tidegate.server.registry.RegisteredVersion;
import jakarta.inject.Singleton;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.BooleanSupplier;
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

    /** Guarded by itself. */
    private final Set<AwaitedLoad> waiting = new HashSet<>();

    AwaitedVersions(LoadedVersions versions, Workers workers) {
        this.versions = versions;
        this.workers = workers;
    }

    /**
     * Hands the version over once it is in memory.
     *
     * @param patience nanoseconds
     * @param isGone whether the client has left, whose request keeps no place from another's
     * @param run gets the version held, and releases it
     * @param refuse gets the reason when there will be no version, or not in time
     * @throws TidegateException exhausted when too many wait already
     */
    void whenLoaded(
            RegisteredVersion version,
            long patience,
            BooleanSupplier isGone,
            Consumer<LoadedVersion> run,
            Consumer<RuntimeException> refuse) {
        AwaitedLoad request = new AwaitedLoad(version, workers, isGone, run, refuse, this::left);
        enter(request);
        request.limit(patience);
        ask(request);
    }

    private void enter(AwaitedLoad request) {
        String full = entered(request);
        if (!full.isEmpty()) {
            gone().forEach(AwaitedLoad::giveUp);
            full = entered(request);
        }
        if (!full.isEmpty()) {
            throw TidegateException.exhausted(full);
        }
    }

    /** Returns why there is no place; empty when there was one, which the request has now. */
    private String entered(AwaitedLoad request) {
        synchronized (waiting) {
            if (waiting.size() >= MOST) {
                return "%d requests wait for versions to be loaded already, which is the most that may; try again later"
                        .formatted(MOST);
            }
            if (waiting.stream().filter(request::isForSameVersion).count() >= MOST_OF_ONE) {
                return "%d requests wait for %s to be loaded already, which is the most that may; try again later"
                        .formatted(MOST_OF_ONE, request.version().label());
            }
            waiting.add(request);
            return "";
        }
    }

    private List<AwaitedLoad> gone() {
        synchronized (waiting) {
            return waiting.stream().filter(AwaitedLoad::isGone).toList();
        }
    }

    private void left(AwaitedLoad request) {
        synchronized (waiting) {
            waiting.remove(request);
        }
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
