package dev.tidegate.server.inference;

import dev.tidegate.server.platform.error.TidegateException;
import dev.tidegate.server.platform.time.MonotonicClock;
import dev.tidegate.server.registry.ModelSignature;
import jakarta.inject.Singleton;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs a new version on a made-up row until it is warm and its speed is known. One that another
 * server runs is warmed up there.
 *
 * <p>A version that fails on such a row may be sound all the same; its speed stays unknown, and it
 * runs off the transport's threads until real requests have shown it.
 */
@Singleton
final class WarmUp {
    private static final Logger LOG = LoggerFactory.getLogger(WarmUp.class);

    /** Enough for the runtime's arenas and for a full ring of run times. */
    private static final int RUNS = 300;

    /** A version that takes longer to be shown to keep rows apart runs each request alone. */
    private static final Duration PROOF = Duration.ofSeconds(10);

    private final Duration limit;
    private final RowIndependence rows = new RowIndependence();
    private final MonotonicClock clock;

    WarmUp(InferenceConfig config, MonotonicClock clock) {
        this.limit = config.warmUp();
        this.clock = clock;
    }

    void run(LoadedVersion loaded) {
        if (loaded.isRemote()) {
            return;
        }
        ModelSignature signature = loaded.version().signature();
        long end = clock.nanos() + limit.toNanos();
        try {
            Tensor[] row = SampleRows.zeros(signature);
            int[] all = loaded.plan().wanted(java.util.List.of());
            for (int i = 0; i < RUNS && clock.nanos() - end < 0; i++) {
                loaded.run(row, all, null);
            }
            loaded.runTimes().settle();
            loaded.batchable(
                    loaded.runTimes().p95() < PROOF.toNanos() / RowIndependence.RUNS
                            && rows.areIndependent(loaded));
        } catch (TidegateException e) {
            LOG.info("{} does not run on a made-up row: {}", loaded.version().label(), e.text());
        }
    }
}
