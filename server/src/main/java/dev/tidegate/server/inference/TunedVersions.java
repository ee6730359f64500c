package dev.tidegate.server.inference;

import dev.tidegate.server.platform.error.TidegateException;
import dev.tidegate.server.platform.lifecycle.Startup;
import dev.tidegate.server.platform.time.PeriodicTask;
import dev.tidegate.server.registry.ModelRegistry;
import dev.tidegate.server.registry.RegisteredVersion;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Follows settings that were changed on another replica. */
@Singleton
final class TunedVersions implements Startup, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(TunedVersions.class);
    private static final Duration PERIOD = Duration.ofSeconds(2);

    private final ModelRegistry registry;
    private final LoadedVersions versions;
    private @Nullable PeriodicTask task;

    TunedVersions(ModelRegistry registry, LoadedVersions versions) {
        this.registry = registry;
        this.versions = versions;
    }

    @Override
    public int getOrder() {
        return CONTROLLERS;
    }

    @Override
    public void start() {
        task = PeriodicTask.start("version-settings", PERIOD, this::follow);
    }

    /** Renews what runs with other settings than the registry has now. */
    void follow() {
        registry.changedSettings(versions.settings()).forEach(this::renew);
    }

    private void renew(RegisteredVersion version) {
        try {
            versions.renew(version);
        } catch (TidegateException e) {
            LOG.error(
                    "{} goes on with its former settings on this replica: {}",
                    version.label(),
                    e.text());
        }
    }

    @Override
    @PreDestroy
    public void close() {
        PeriodicTask started = task;
        if (started != null) {
            started.close();
        }
    }
}
