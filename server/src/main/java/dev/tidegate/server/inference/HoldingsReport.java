package dev.tidegate.server.inference;

import dev.tidegate.server.platform.lifecycle.Startup;
import dev.tidegate.server.platform.time.MonotonicClock;
import dev.tidegate.server.platform.time.PeriodicTask;
import dev.tidegate.server.registry.HeldVersion;
import dev.tidegate.server.registry.HoldState;
import dev.tidegate.server.registry.ReplicaHoldings;
import dev.tidegate.server.registry.ReplicaMemoryTable;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Tells the database what this replica has in memory, so that each can say it of all: when it has
 * changed, and again each minute, as the database may have been restored meanwhile.
 */
@Singleton
final class HoldingsReport implements Startup, AutoCloseable {
    private static final Duration PERIOD = Duration.ofSeconds(1);
    private static final Duration REPEAT = Duration.ofMinutes(1);

    private final LoadedVersions versions;
    private final FailedLoads failures;
    private final MemoryBudget budget;
    private final ReplicaMemoryTable table;
    private final MonotonicClock clock;
    private @Nullable PeriodicTask task;
    private @Nullable ReplicaHoldings told;
    private long toldAt;

    HoldingsReport(
            LoadedVersions versions,
            FailedLoads failures,
            MemoryBudget budget,
            ReplicaMemoryTable table,
            MonotonicClock clock) {
        this.versions = versions;
        this.failures = failures;
        this.budget = budget;
        this.table = table;
        this.clock = clock;
    }

    /** After the lease, whose row it adds to. */
    @Override
    public int getOrder() {
        return LEASE + 10;
    }

    @Override
    public void start() {
        table.forgetLost();
        task = PeriodicTask.start("memory-report", PERIOD, this::tell);
    }

    /** Tells what is new. */
    synchronized void tell() {
        ReplicaHoldings now = new ReplicaHoldings(budget.limit(), budget.taken(), held());
        if (!now.equals(told) || clock.nanos() - toldAt > REPEAT.toNanos()) {
            table.tell(now);
            told = now;
            toldAt = clock.nanos();
        }
    }

    /** One that failed stays so while it is tried again, as the route's is each second. */
    private Set<HeldVersion> held() {
        Map<Long, HeldVersion> held = new HashMap<>();
        versions.loading()
                .forEach(id -> held.put(id, new HeldVersion(id, HoldState.LOADING, 0, "")));
        failures.reasons()
                .forEach(
                        (id, reason) ->
                                held.put(id, new HeldVersion(id, HoldState.FAILED, 0, reason)));
        versions.all().forEach(loaded -> held.put(loaded.id(), held(loaded)));
        return Set.copyOf(held.values());
    }

    private static HeldVersion held(LoadedVersion loaded) {
        return new HeldVersion(
                loaded.id(),
                loaded.isReady() ? HoldState.READY : HoldState.UNREACHABLE,
                loaded.bytes(),
                "");
    }

    @Override
    @PreDestroy
    public void close() {
        PeriodicTask running = task;
        if (running != null) {
            running.close();
            table.forget();
        }
    }
}
