package dev.tidegate.server.inference;

import dev.tidegate.server.platform.error.TidegateException;
import dev.tidegate.server.registry.RegisteredVersion;
import dev.tidegate.server.registry.VersionLoader;
import dev.tidegate.server.registry.VersionSettings;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The versions in memory: loaded, warmed up, then listed; a request finds them without a lock. */
@Singleton
final class LoadedVersions implements VersionLoader, Evictions, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(LoadedVersions.class);

    private final VersionOpening opening;
    private final VersionRoom room;
    private final VersionLoads loads;
    private final NamedVersions named;
    private final FailedLoads failures;
    private final Map<Long, LoadedVersion> ready = new ConcurrentHashMap<>();
    private final Map<VersionName, LoadedVersion> byName = new ConcurrentHashMap<>();
    private final LongAdder loadCount = new LongAdder();
    private final LongAdder evictionCount = new LongAdder();
    private volatile Map<String, Long> modelIds = Map.of();

    /** Held while the list changes, and for nothing that takes time. */
    private final Object listing = new Object();

    /** Guarded by {@code listing}. */
    private boolean closed;

    LoadedVersions(
            VersionOpening opening,
            VersionRoom room,
            VersionLoads loads,
            NamedVersions named,
            FailedLoads failures) {
        this.opening = opening;
        this.room = room;
        this.loads = loads;
        this.named = named;
        this.failures = failures;
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

    /**
     * Returns the version of that name held for the caller, who wants it; null when it is not in
     * memory.
     */
    @Nullable LoadedVersion acquire(String model, String version) {
        LoadedVersion loaded = byName.get(new VersionName(model, version));
        if (loaded == null || !loaded.hold()) {
            return null;
        }
        loaded.wantedFor(LoadReason.REQUEST);
        return loaded;
    }

    /** Returns the versions in memory, not held. */
    List<LoadedVersion> all() {
        return List.copyOf(ready.values());
    }

    @Override
    public boolean isLoaded(long versionId) {
        return ready.containsKey(versionId);
    }

    /**
     * Returns whether the version is in memory, and stays there when somebody named it before this
     * was asked: nothing is evicted meanwhile.
     */
    boolean isKept(long versionId) {
        synchronized (listing) {
            return ready.containsKey(versionId);
        }
    }

    @Override
    public void load(RegisteredVersion version) {
        VersionLoads.await(begin(version, LoadReason.PERSON)).requireReady();
    }

    /**
     * Returns the version held for the caller, who releases it, once it is loaded.
     *
     * @throws TidegateException when it cannot be loaded
     */
    LoadedVersion hold(RegisteredVersion version, LoadReason reason) {
        LoadedVersion loaded = VersionLoads.await(begin(version, reason));
        while (!loaded.hold()) {
            loaded = VersionLoads.await(begin(version, reason));
        }
        try {
            loaded.requireReady();
            return loaded;
        } catch (RuntimeException e) {
            loaded.release();
            throw e;
        }
    }

    /**
     * Loads the version unless that is done or under way. Whoever hears of the result while it
     * completes can still hold it.
     */
    CompletableFuture<LoadedVersion> begin(RegisteredVersion version, LoadReason reason) {
        synchronized (listing) {
            LoadedVersion there = ready.get(version.id());
            return (there != null
                            ? CompletableFuture.completedFuture(there)
                            : loads.begin(version, reason, strongest -> load(version, strongest)))
                    .whenComplete(
                            (loaded, failure) -> {
                                if (failure == null) {
                                    loaded.wantedFor(reason);
                                    failures.succeeded(version.id());
                                } else {
                                    failures.failed(version, failure);
                                }
                            });
        }
    }

    private LoadedVersion load(RegisteredVersion version, LoadReason reason) {
        LoadedVersion next =
                opening.open(version, room.claim(version, reason, this), reason.mustAnswer());
        synchronized (listing) {
            requireOpen(next);
            learnName(version);
            list(next);
        }
        loadCount.increment();
        LOG.info("{} is loaded", version.label());
        return next;
    }

    private void requireOpen(LoadedVersion loaded) {
        if (closed) {
            loaded.release();
            throw TidegateException.unavailable("the server is shutting down; connect again");
        }
    }

    private void list(LoadedVersion loaded) {
        ready.put(loaded.id(), loaded);
        byName.put(VersionName.of(loaded), loaded);
    }

    @Override
    public void check(RegisteredVersion version) {
        opening.check(version);
    }

    @Override
    public void renew(RegisteredVersion version) {
        loads.settle(version.id());
        while (isOutdated(version)) {
            VersionLoads.await(loads.begin(version, LoadReason.ROUTE, reason -> replace(version)));
        }
    }

    private boolean isOutdated(RegisteredVersion version) {
        LoadedVersion former = ready.get(version.id());
        return former != null && !former.version().settings().equals(version.settings());
    }

    private LoadedVersion replace(RegisteredVersion version) {
        LoadedVersion next =
                opening.open(version, room.claim(version, LoadReason.ROUTE, this), false);
        LoadedVersion former;
        synchronized (listing) {
            former = ready.get(version.id());
            if (former == null) {
                next.release();
                throw TidegateException.conflict(
                        "%s was unloaded while its settings changed".formatted(version.label()));
            }
            former.wants().forEach(next::wantedFor);
            list(next);
        }
        former.leave();
        loadCount.increment();
        LOG.info("{} runs with {} now", version.label(), version.settings().values());
        return next;
    }

    /** Returns the settings of the versions in memory, by their ids. */
    Map<Long, VersionSettings> settings() {
        Map<Long, VersionSettings> settings = new HashMap<>();
        ready.forEach((id, loaded) -> settings.put(id, loaded.version().settings()));
        return settings;
    }

    private void learnName(RegisteredVersion version) {
        if (!modelIds.containsKey(version.model())) {
            Map<String, Long> next = new HashMap<>(modelIds);
            next.put(version.model(), version.modelId());
            modelIds = Map.copyOf(next);
        }
    }

    @Override
    public void unload(long versionId) {
        loads.settle(versionId);
        LoadedVersion dropped;
        synchronized (listing) {
            dropped = ready.get(versionId);
            if (dropped == null) {
                return;
            }
            requireUnnamed(dropped);
            requireNoJob(dropped);
            unlist(dropped);
        }
        dropped.leave();
        LOG.info("{} is unloaded", dropped.version().label());
    }

    private void requireUnnamed(LoadedVersion loaded) {
        if (named.isNamed(loaded.id())) {
            throw TidegateException.precondition(
                    "%s answers requests on this replica and stays loaded"
                            .formatted(loaded.version().label()));
        }
    }

    private static void requireNoJob(LoadedVersion loaded) {
        if (loaded.isRunByJob()) {
            throw TidegateException.precondition(
                    "%s is run by a batch job on this replica and stays loaded until that ends"
                            .formatted(loaded.version().label()));
        }
    }

    /** Lets go what a batch job brought into memory, when nobody else wants it. */
    void giveBack(LoadedVersion borrowed) {
        synchronized (listing) {
            if (ready.get(borrowed.id()) == borrowed
                    && borrowed.isWantedByJobsOnly()
                    && !named.isNamed(borrowed.id())) {
                unlist(borrowed);
            } else {
                return;
            }
        }
        borrowed.leave();
        LOG.info("{} is unloaded with the batch job", borrowed.version().label());
    }

    private void unlist(LoadedVersion leaving) {
        ready.remove(leaving.id());
        byName.remove(VersionName.of(leaving));
    }

    @Override
    public boolean evictOldest(long except) {
        Optional<LoadedVersion> oldest;
        synchronized (listing) {
            oldest =
                    ready.values().stream()
                            .filter(each -> each.id() != except)
                            .filter(each -> each.bytes() > 0 && !mayNotGo(each))
                            .min(Comparator.comparingLong(LoadedVersion::usedAt));
            oldest.ifPresent(this::unlist);
        }
        oldest.ifPresent(
                leaving -> {
                    leaving.leave();
                    evictionCount.increment();
                    LOG.info("{} makes room for another version", leaving.version().label());
                });
        return oldest.isPresent();
    }

    @Override
    public long keptBytes() {
        return ready.values().stream().filter(this::mayNotGo).mapToLong(LoadedVersion::bytes).sum();
    }

    private boolean mayNotGo(LoadedVersion version) {
        return version.isRunByJob() || named.isNamed(version.id());
    }

    /** Returns how many versions were brought into memory so far. */
    long loadCount() {
        return loadCount.sum();
    }

    /** Returns how many versions left to make room so far. */
    long evictionCount() {
        return evictionCount.sum();
    }

    boolean isLoading(long versionId) {
        return !ready.containsKey(versionId) && loads.isUnderWay(versionId);
    }

    /** Returns the ids of the versions that are on their way into memory. */
    Set<Long> loading() {
        return loads.underWay().stream().filter(this::isLoading).collect(Collectors.toSet());
    }

    @Override
    @PreDestroy
    public void close() {
        loads.close();
        synchronized (listing) {
            closed = true;
            ready.values().forEach(LoadedVersion::release);
            ready.clear();
            byName.clear();
        }
    }

    /** Of a version, as requests name it. */
    private record VersionName(String model, String version) {
        static VersionName of(LoadedVersion loaded) {
            return new VersionName(loaded.version().model(), loaded.version().version());
        }
    }
}
