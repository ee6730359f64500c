package dev.tidegate.server.inference;

import dev.tidegate.server.platform.error.ErrorCode;
import dev.tidegate.server.platform.error.TidegateException;
import dev.tidegate.server.registry.RegisteredVersion;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** One request that waits for a version: the load's end or its own deadline, whichever is first. */
final class AwaitedLoad {
    private final RegisteredVersion version;
    private final Workers workers;
    private final BooleanSupplier isGone;
    private final Consumer<LoadedVersion> run;
    private final Consumer<RuntimeException> refuse;
    private final Consumer<AwaitedLoad> left;
    private final AtomicBoolean settled = new AtomicBoolean();
    private volatile @Nullable Future<?> alarm;

    /**
     * @param isGone whether nobody waits for the answer any more
     * @param run gets the version held, and releases it
     * @param refuse gets the reason when there will be no version, or not in time
     * @param left is told once, when the request waits no more
     */
    AwaitedLoad(
            RegisteredVersion version,
            Workers workers,
            BooleanSupplier isGone,
            Consumer<LoadedVersion> run,
            Consumer<RuntimeException> refuse,
            Consumer<AwaitedLoad> left) {
        this.version = version;
        this.workers = workers;
        this.isGone = isGone;
        this.run = run;
        this.refuse = refuse;
        this.left = left;
    }

    /** Refuses it after so many nanoseconds. */
    void limit(long patience) {
        alarm = workers.after(Math.max(0, patience), this::late);
    }

    private void late() {
        if (settle()) {
            refuse(
                    new TidegateException(
                            ErrorCode.DEADLINE_EXCEEDED,
                            "the deadline passed while %s was being loaded; try again"
                                    .formatted(version.label())));
        }
    }

    private boolean settle() {
        boolean first = settled.compareAndSet(false, true);
        if (first) {
            left.accept(this);
        }
        return first;
    }

    RegisteredVersion version() {
        return version;
    }

    boolean isForSameVersion(AwaitedLoad other) {
        return version.id() == other.version.id();
    }

    boolean isGone() {
        return isGone.getAsBoolean();
    }

    /** Nobody waits for the answer any more. */
    void giveUp() {
        if (settle()) {
            stopAlarm();
            refuse(TidegateException.unavailable("the client went away"));
        }
    }

    private void stopAlarm() {
        Future<?> set = alarm;
        if (set != null) {
            set.cancel(false);
        }
    }

    boolean isSettled() {
        return settled.get();
    }

    /**
     * The load has ended: with a version, or a failure.
     *
     * @param held by the caller, who hands the hold over
     */
    void ended(@Nullable LoadedVersion held, @Nullable Throwable failure) {
        if (!settle()) {
            if (held != null) {
                held.release();
            }
            return;
        }
        stopAlarm();
        if (held != null) {
            workers.executeBriefly(() -> run.accept(held));
        } else {
            refuse(
                    VersionLoads.failure(
                            failure == null
                                    ? new IllegalStateException("no version came")
                                    : failure));
        }
    }

    private void refuse(RuntimeException reason) {
        workers.executeBriefly(() -> refuse.accept(reason));
    }
}
