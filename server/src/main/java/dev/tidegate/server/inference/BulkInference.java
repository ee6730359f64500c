package dev.tidegate.server.inference;

import dev.tidegate.server.platform.error.TidegateException;
import dev.tidegate.server.registry.RegisteredVersion;
import jakarta.inject.Singleton;
import java.util.concurrent.TimeUnit;

/** Rows that nobody waits for: no route, no evidence, no entry in the prediction log. */
@Singleton
public final class BulkInference {
    /** Run time above which rows are not tried together, nanoseconds. */
    private static final long LONGEST_TRIED = TimeUnit.MILLISECONDS.toNanos(100);

    private final LoadedVersions versions;
    private final Workers workers;
    private final RowIndependence independence = new RowIndependence();

    BulkInference(LoadedVersions versions, Workers workers) {
        this.versions = versions;
        this.workers = workers;
    }

    /**
     * Returns the version in memory, where it stays until the caller closes what it got.
     *
     * @throws TidegateException when it cannot be loaded
     */
    public BulkVersion hold(RegisteredVersion version) {
        versions.load(version);
        LoadedVersion held = versions.acquire(version.id());
        if (held == null) {
            throw TidegateException.unavailable(
                    "%s was unloaded while a batch job began; try again"
                            .formatted(version.label()));
        }
        return new BulkVersion(held, areRowsIndependent(held));
    }

    /**
     * A version too slow to be tried runs row by row, which costs it little; and so does one that
     * another server runs.
     */
    private boolean areRowsIndependent(LoadedVersion held) {
        try {
            return held.isBatchable()
                    || (!held.isRemote()
                            && held.runTimes().p95() < LONGEST_TRIED
                            && independence.areIndependent(held));
        } catch (RuntimeException | Error e) {
            held.release();
            throw e;
        }
    }

    /** Returns whether clients' requests wait for a thread. */
    public boolean isLiveTrafficWaiting() {
        return workers.haveBacklog();
    }
}
