package dev.tidegate.server.platform.duckdb;

import dev.tidegate.server.platform.home.TemporaryFolder;
import dev.tidegate.server.platform.lifecycle.Startup;
import jakarta.inject.Singleton;

/** Removes the temporary files of a former process that was killed. */
@Singleton
final class DuckDbSweep implements Startup {
    private final DuckDbLimits limits;

    DuckDbSweep(DuckDbLimits limits) {
        this.limits = limits;
    }

    @Override
    public int getOrder() {
        return FIRST_KEY;
    }

    @Override
    public void start() {
        TemporaryFolder.delete(limits.temporary());
    }
}
