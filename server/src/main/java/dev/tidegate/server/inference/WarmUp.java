package dev.tidegate.server.inference;

import dev.tidegate.server.platform.error.TidegateException;
import dev.tidegate.server.platform.time.MonotonicClock;
import dev.tidegate.server.registry.Column;
import dev.tidegate.server.registry.ModelSignature;
import dev.tidegate.server.registry.TensorSpec;
import jakarta.inject.Singleton;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Duration;
import java.util.Arrays;
import java.util.Comparator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs a new version on a made-up row until it is warm and its speed is known.
 *
 * <p>A version that fails on such a row may be sound all the same; its speed stays unknown, and it
 * runs off the transport's threads until real requests have shown it.
 */
@Singleton
final class WarmUp {
    private static final Logger LOG = LoggerFactory.getLogger(WarmUp.class);

    /** Enough for the runtime's arenas and for a full ring of run times. */
    private static final int RUNS = 300;

    private final Duration limit;
    private final MonotonicClock clock;

    WarmUp(InferenceConfig config, MonotonicClock clock) {
        this.limit = config.warmUp();
        this.clock = clock;
    }

    void run(LoadedVersion loaded) {
        ModelSignature signature = loaded.version().signature();
        long end = clock.nanos() + limit.toNanos();
        try {
            Tensor[] row = row(signature);
            int[] all = loaded.plan().wanted(java.util.List.of());
            for (int i = 0; i < RUNS && clock.nanos() - end < 0; i++) {
                loaded.run(row, all, null);
            }
            loaded.runTimes().settle();
        } catch (TidegateException e) {
            LOG.info("{} does not run on a made-up row: {}", loaded.version().label(), e.text());
        }
    }

    private static Tensor[] row(ModelSignature signature) {
        return signature.inputs().stream()
                .sorted(Comparator.comparing(TensorSpec::name))
                .map(spec -> tensor(signature, spec))
                .toArray(Tensor[]::new);
    }

    private static Tensor tensor(ModelSignature signature, TensorSpec spec) {
        long[] shape = spec.shape().stream().mapToLong(d -> d < 0 ? 1 : d).toArray();
        int elements = Tensor.elements(shape);
        int size = ElementSize.of(spec.datatype());
        if (size == 0) {
            String[] values = new String[elements];
            Arrays.setAll(values, i -> text(signature, spec, i));
            return new StringTensor(shape, values);
        }
        ByteBuffer zeros = ByteBuffer.allocate(elements * size).order(ByteOrder.LITTLE_ENDIAN);
        return new NumericTensor(spec.datatype(), shape, zeros);
    }

    private static String text(ModelSignature signature, TensorSpec spec, int element) {
        return signature.columns().stream()
                .filter(column -> column.input().equals(spec.name()) && column.index() == element)
                .map(Column::allowed)
                .filter(allowed -> !allowed.isEmpty())
                .map(java.util.List::getFirst)
                .findFirst()
                .orElse("");
    }
}
