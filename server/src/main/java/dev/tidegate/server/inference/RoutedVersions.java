package dev.tidegate.server.inference;

import dev.tidegate.server.registry.ModelRegistry;
import dev.tidegate.server.registry.RegisteredVersion;
import dev.tidegate.server.routing.ReplicaLease;
import dev.tidegate.server.routing.RouteReadiness;
import dev.tidegate.server.routing.RouteSnapshot;
import io.micronaut.context.BeanProvider;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Loads what routes name before they come into force. A version that cannot be loaded is tried
 * again each time the route is asked for.
 */
@Singleton
final class RoutedVersions implements RouteReadiness, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(RoutedVersions.class);

    private final ModelRegistry registry;
    private final LoadedVersions versions;
    private final NamedVersions named;
    private final BeanProvider<ReplicaLease> lease;
    private final Set<Long> underWay = ConcurrentHashMap.newKeySet();

    /** What the newest failures said, by version. */
    private final Map<Long, String> told = new ConcurrentHashMap<>();

    private final ExecutorService lookups =
            Executors.newSingleThreadExecutor(
                    Thread.ofPlatform().name("routed-version-lookup").daemon().factory());

    RoutedVersions(
            ModelRegistry registry,
            LoadedVersions versions,
            NamedVersions named,
            BeanProvider<ReplicaLease> lease) {
        this.registry = registry;
        this.versions = versions;
        this.named = named;
        this.lease = lease;
    }

    @Override
    public boolean isReady(RouteSnapshot route) {
        named.expect(route);
        boolean champion = isLoaded(route.championId());
        boolean candidate = route.candidateId() == 0 || isLoaded(route.candidateId());
        return champion && candidate;
    }

    /** Returns whether the version is in memory, and begins to load one that is not. */
    boolean isLoaded(long versionId) {
        if (versions.isKept(versionId)) {
            return true;
        }
        if (underWay.add(versionId)) {
            lookups.execute(() -> load(versionId));
        }
        return false;
    }

    private void load(long versionId) {
        try {
            Optional<RegisteredVersion> version = registry.byId(versionId);
            if (version.isPresent()) {
                VersionLoads.whenEnded(
                        versions.begin(version.get(), LoadReason.ROUTE),
                        (loaded, failure) -> ended(versionId, failure));
            } else {
                ended(versionId, new IllegalStateException("it has no row"));
            }
        } catch (RuntimeException e) {
            ended(versionId, e);
        }
    }

    private void ended(long versionId, @Nullable Throwable failure) {
        underWay.remove(versionId);
        if (failure == null) {
            told.remove(versionId);
            lease.get().wake();
        } else {
            tell(versionId, VersionLoads.failure(failure));
        }
    }

    /** Tells of a failure once, however often it comes again. */
    private void tell(long versionId, RuntimeException failure) {
        String words = String.valueOf(failure.getMessage());
        if (!words.equals(told.put(versionId, words))) {
            LOG.error(
                    "version id {}, which a route or a fallback ladder names, cannot be loaded and is tried again",
                    versionId,
                    failure);
        }
    }

    @Override
    @PreDestroy
    public void close() {
        lookups.shutdownNow();
    }
}
