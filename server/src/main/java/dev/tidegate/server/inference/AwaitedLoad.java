package dev.tidegate.server.inference;

import dev.tidegate.server.platform.error.ErrorCode;
import dev.tidegate.server.platform.error.TidegateException;
import dev.tidegate.server.registry.RegisteredVersion;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** One request that waits for a version: the load's end or its own deadline, whichever is first. */
final class AwaitedLoad {
    private final RegisteredVersion version;
    private final Workers workers;
    private final Consumer<LoadedVersion> run;
    private final Consumer<RuntimeException> refuse;
    private final AtomicBoolean settled = new AtomicBoolean();
    private volatile @Nullable Future<?> alarm;

    AwaitedLoad(
            RegisteredVersion version,
            Workers workers,
            Consumer<LoadedVersion> run,
            Consumer<RuntimeException> refuse) {
        this.version = version;
        this.workers = workers;
        this.run = run;
        this.refuse = refuse;
    }

    /** Refuses it after so many nanoseconds. */
    void limit(long patience) {
        alarm = workers.after(Math.max(0, patience), this::late);
    }

    private void late() {
        if (settled.compareAndSet(false, true)) {
            refuse(
                    new TidegateException(
                            ErrorCode.DEADLINE_EXCEEDED,
                            "the deadline passed while %s was being loaded; try again"
                                    .formatted(version.label())));
        }
    }

    /** The load has ended: with a version, which is held before this returns, or a failure. */
    void ended(@Nullable LoadedVersion loaded, @Nullable Throwable failure) {
        if (!settled.compareAndSet(false, true)) {
            return;
        }
        Future<?> set = alarm;
        if (set != null) {
            set.cancel(false);
        }
        try {
            if (loaded == null) {
                throw VersionLoads.failure(
                        failure == null ? new IllegalStateException("no version came") : failure);
            }
            LoadedVersion held = LoadedVersions.held(loaded);
            workers.executeBriefly(() -> run.accept(held));
        } catch (RuntimeException e) {
            refuse(e);
        }
    }

    private void refuse(RuntimeException reason) {
        workers.executeBriefly(() -> refuse.accept(reason));
    }
}
