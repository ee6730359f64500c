package dev.tidegate.server.inference;

import dev.tidegate.server.platform.error.TidegateException;
import dev.tidegate.server.platform.time.MonotonicClock;
import dev.tidegate.server.registry.RegisteredVersion;
import dev.tidegate.server.registry.VersionLoader;
import dev.tidegate.server.registry.VersionSettings;
import dev.tidegate.server.routing.RoutingTable;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The versions in memory: loaded, warmed up, then listed; a request finds them without a lock. */
@Singleton
final class LoadedVersions implements VersionLoader, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(LoadedVersions.class);

    private final VersionSessions sessions;
    private final WarmUp warmUp;
    private final RoutingTable routes;
    private final Ladders ladders;
    private final MonotonicClock clock;
    private final InferenceCounters counters;
    private final Map<Long, LoadedVersion> ready = new ConcurrentHashMap<>();
    private volatile Map<String, Long> modelIds = Map.of();

    /** Held while a version is loaded or dropped, so that none is loaded twice. */
    private final Object loading = new Object();

    LoadedVersions(
            VersionSessions sessions,
            WarmUp warmUp,
            RoutingTable routes,
            Ladders ladders,
            MonotonicClock clock,
            InferenceCounters counters) {
        this.sessions = sessions;
        this.warmUp = warmUp;
        this.routes = routes;
        this.ladders = ladders;
        this.clock = clock;
        this.counters = counters;
    }

    /** Returns the version held for the caller, who releases it; null when it is not in memory. */
    @Nullable LoadedVersion acquire(long versionId) {
        LoadedVersion loaded = ready.get(versionId);
        return loaded != null && loaded.hold() ? loaded : null;
    }

    /**
     * Returns the id of a model of which a version is or was in memory; null when there is none.
     */
    @Nullable Long modelId(String model) {
        return modelIds.get(model);
    }

    /** Returns the version of that name held for the caller; null when it is not in memory. */
    @Nullable LoadedVersion acquire(String model, String version) {
        for (LoadedVersion loaded : ready.values()) {
            if (loaded.version().version().equals(version)
                    && loaded.version().model().equals(model)
                    && loaded.hold()) {
                return loaded;
            }
        }
        return null;
    }

    /** Returns the versions in memory, not held. */
    List<LoadedVersion> all() {
        return List.copyOf(ready.values());
    }

    @Override
    public boolean isLoaded(long versionId) {
        return ready.containsKey(versionId);
    }

    @Override
    public void load(RegisteredVersion version) {
        load(version, true);
    }

    /**
     * Loads what a route names: a version whose other server does not answer now must not keep the
     * route's other version from answering.
     */
    void loadRouted(RegisteredVersion version) {
        load(version, false);
    }

    private void load(RegisteredVersion version, boolean mustAnswer) {
        synchronized (loading) {
            LoadedVersion there = ready.get(version.id());
            if (there != null && mustAnswer) {
                there.requireReady();
            } else if (there == null) {
                LoadedVersion loaded = open(version, mustAnswer);
                learnName(version);
                ready.put(version.id(), loaded);
                LOG.info("{} is loaded", version.label());
            }
        }
    }

    private LoadedVersion open(RegisteredVersion version, boolean mustAnswer) {
        VersionSession session = sessions.open(version);
        LoadedVersion loaded = new LoadedVersion(version, session, clock, counters);
        try {
            if (mustAnswer) {
                loaded.requireReady();
            }
            warmUp.run(loaded);
            return loaded;
        } catch (RuntimeException | Error e) {
            loaded.release();
            throw e;
        }
    }

    @Override
    public void check(RegisteredVersion version) {
        if (version.remote().isEmpty()) {
            sessions.open(version).close();
        }
    }

    @Override
    public void renew(RegisteredVersion version) {
        synchronized (loading) {
            LoadedVersion former = ready.get(version.id());
            if (former != null && !former.version().settings().equals(version.settings())) {
                ready.put(version.id(), open(version, false));
                former.release();
                LOG.info("{} runs with {} now", version.label(), version.settings().values());
            }
        }
    }

    /** Returns the settings of the versions in memory, by their ids. */
    Map<Long, VersionSettings> settings() {
        Map<Long, VersionSettings> settings = new HashMap<>();
        ready.forEach((id, loaded) -> settings.put(id, loaded.version().settings()));
        return settings;
    }

    private void learnName(RegisteredVersion version) {
        if (!modelIds.containsKey(version.model())) {
            Map<String, Long> next = new ConcurrentHashMap<>(modelIds);
            next.put(version.model(), version.modelId());
            modelIds = Map.copyOf(next);
        }
    }

    @Override
    public void unload(long versionId) {
        synchronized (loading) {
            LoadedVersion loaded = ready.get(versionId);
            if (loaded == null) {
                return;
            }
            requireUnrouted(loaded);
            ready.remove(versionId);
            loaded.release();
            LOG.info("{} is unloaded", loaded.version().label());
        }
    }

    private void requireUnrouted(LoadedVersion loaded) {
        boolean routed =
                ladders.names(loaded.id())
                        || routes.all().stream()
                                .anyMatch(
                                        route ->
                                                route.championId() == loaded.id()
                                                        || route.candidateId() == loaded.id());
        if (routed) {
            throw TidegateException.precondition(
                    "%s answers requests on this replica and stays loaded"
                            .formatted(loaded.version().label()));
        }
    }

    @Override
    @PreDestroy
    public void close() {
        synchronized (loading) {
            ready.values().forEach(LoadedVersion::release);
            ready.clear();
        }
    }
}
