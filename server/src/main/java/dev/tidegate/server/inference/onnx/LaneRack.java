package dev.tidegate.server.inference.onnx;

import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Lanes that wait for their next run; taken and put back without a lock. */
final class LaneRack implements AutoCloseable {
    private final AtomicReferenceArray<@Nullable Lane> places;
    private final Supplier<Lane> builder;

    LaneRack(Supplier<Lane> builder) {
        this.builder = builder;
        int threads = Runtime.getRuntime().availableProcessors() * 2;
        this.places = new AtomicReferenceArray<>(Integer.highestOneBit(threads) * 2);
    }

    Lane take() {
        int home = home();
        for (int i = 0; i < places.length(); i++) {
            int place = (home + i) & (places.length() - 1);
            if (places.getPlain(place) != null) {
                Lane lane = places.getAndSet(place, null);
                if (lane != null) {
                    return lane;
                }
            }
        }
        return builder.get();
    }

    void putBack(Lane lane) {
        int home = home();
        for (int i = 0; i < places.length(); i++) {
            int place = (home + i) & (places.length() - 1);
            if (places.getPlain(place) == null && places.compareAndSet(place, null, lane)) {
                return;
            }
        }
        lane.close();
    }

    private int home() {
        return (int) Thread.currentThread().threadId() & (places.length() - 1);
    }

    @Override
    public void close() {
        for (int i = 0; i < places.length(); i++) {
            Lane lane = places.getAndSet(i, null);
            if (lane != null) {
                lane.close();
            }
        }
    }
}
