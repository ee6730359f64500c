package dev.tidegate.server.inference;

import dev.tidegate.server.platform.error.TidegateException;
import dev.tidegate.server.registry.RegisteredVersion;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BiConsumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Loads under way, one for each version however many ask for it; a failure is theirs alone, and who
 * comes later begins anew.
 *
 * <p>On Linux a thread inherits the nice value of the one that starts it, and the threads that ONNX
 * Runtime starts for a session inherit it again. So the threads here are started before a batch
 * job's can ask for anything. What another server runs takes none of them: there is only waiting to
 * be done.
 */
@Singleton
final class VersionLoads implements AutoCloseable {
    private final Map<Long, Load> underWay = new ConcurrentHashMap<>();
    private final ThreadPoolExecutor local;

    /** What routes name waits for nobody: others' loads may wait for room, and be many. */
    private final ThreadPoolExecutor routed;

    private final ExecutorService remote =
            Executors.newThreadPerTaskExecutor(
                    Thread.ofVirtual().name("version-loader-remote-", 0).factory());

    VersionLoads(InferenceConfig config) {
        local = threads("version-loader-", config);
        routed = threads("routed-version-loader-", config);
    }

    private static ThreadPoolExecutor threads(String name, InferenceConfig config) {
        ThreadPoolExecutor threads =
                new ThreadPoolExecutor(
                        config.loaders(),
                        config.loaders(),
                        0,
                        TimeUnit.SECONDS,
                        new LinkedBlockingQueue<>(),
                        Thread.ofPlatform().name(name, 0).daemon().factory());
        threads.prestartAllCoreThreads();
        return threads;
    }

    /**
     * Returns what comes of the load of this version that is under way, or else of this one. One
     * that waits for its turn waits no more when a route names the version.
     *
     * @param load gets the reason with the most right to memory
     */
    CompletableFuture<LoadedVersion> begin(
            RegisteredVersion version,
            LoadReason reason,
            Function<LoadReason, LoadedVersion> load) {
        Load mine = new Load(version.id(), reason, load);
        Load there = underWay.putIfAbsent(version.id(), mine);
        Load asked = there == null ? mine : there;
        if (there == null || asked.isHurriedFor(reason)) {
            try {
                threads(version, reason).execute(asked);
            } catch (RejectedExecutionException e) {
                asked.refuse();
            }
        }
        return asked.result;
    }

    private ExecutorService threads(RegisteredVersion version, LoadReason reason) {
        if (version.remote().isPresent()) {
            return remote;
        }
        return reason == LoadReason.ROUTE ? routed : local;
    }

    /** Returns the ids of the versions that are being loaded. */
    Set<Long> underWay() {
        return Set.copyOf(underWay.keySet());
    }

    boolean isUnderWay(long versionId) {
        return underWay.containsKey(versionId);
    }

    /** Waits until no load of the version is under way, however it ends. */
    void settle(long versionId) {
        Load load = underWay.get(versionId);
        if (load != null) {
            await(load.result.handle((loaded, failure) -> versionId));
        }
    }

    /** Tells of the end of a load, with a version or with what it failed with. */
    static void whenEnded(
            CompletableFuture<LoadedVersion> load,
            BiConsumer<@Nullable LoadedVersion, @Nullable Throwable> end) {
        CompletableFuture<LoadedVersion> unused = load.whenComplete(end);
    }

    /** Returns the result, or throws what the load failed with. */
    static <T> T await(CompletableFuture<T> result) {
        try {
            return result.get();
        } catch (ExecutionException e) {
            throw failure(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw TidegateException.unavailable(
                    "interrupted while a version was being loaded; try again");
        }
    }

    /** Returns what a load failed with. */
    static RuntimeException failure(Throwable failed) {
        Throwable cause =
                failed instanceof ExecutionException || failed instanceof CompletionException
                        ? failed.getCause()
                        : failed;
        return cause instanceof RuntimeException known
                ? known
                : new IllegalStateException("a version cannot be loaded", cause);
    }

    private static TidegateException shutDown() {
        return TidegateException.unavailable("the server is shutting down; connect again");
    }

    /** Ends with what is under way; who waits for it is refused. */
    @Override
    @PreDestroy
    public void close() {
        refuseAll();
        local.shutdownNow();
        routed.shutdownNow();
        remote.shutdownNow();
        refuseAll();
    }

    private void refuseAll() {
        underWay.values().forEach(Load::refuse);
    }

    /** One load, which whichever thread comes first runs. */
    private final class Load implements Runnable {
        private final long versionId;
        private final Function<LoadReason, LoadedVersion> load;
        private final CompletableFuture<LoadedVersion> result = new CompletableFuture<>();
        private final AtomicBoolean begun = new AtomicBoolean();

        /** The one with the most right to memory, of those who ask. */
        private volatile LoadReason reason;

        Load(long versionId, LoadReason reason, Function<LoadReason, LoadedVersion> load) {
            this.versionId = versionId;
            this.reason = reason;
            this.load = load;
        }

        /** Returns whether it has not begun and a route names the version. */
        boolean isHurriedFor(LoadReason other) {
            if (other != LoadReason.ROUTE || begun.get()) {
                return false;
            }
            reason = other;
            return true;
        }

        @Override
        public void run() {
            if (!begun.compareAndSet(false, true)) {
                return;
            }
            try {
                LoadedVersion loaded = load.apply(reason);
                loaded.hold();
                underWay.remove(versionId, this);
                result.complete(loaded);
                loaded.release();
            } catch (RuntimeException | Error e) {
                underWay.remove(versionId, this);
                result.completeExceptionally(e);
            }
        }

        void refuse() {
            underWay.remove(versionId, this);
            result.completeExceptionally(shutDown());
        }
    }
}
