package dev.tidegate.server.inference;

import dev.tidegate.server.platform.error.TidegateException;
import dev.tidegate.server.registry.RegisteredVersion;
import jakarta.inject.Singleton;

/** Rows that nobody waits for: no route, no evidence, no entry in the prediction log. */
@Singleton
public final class BulkInference {
    private final LoadedVersions versions;
    private final Workers workers;

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
        return new BulkVersion(versions, versions.hold(version, LoadReason.JOB));
    }

    /** Returns whether clients' requests wait for a thread. */
    public boolean isLiveTrafficWaiting() {
        return workers.haveBacklog();
    }
}
