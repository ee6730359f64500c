package dev.tidegate.server.evidence;

import java.util.LinkedHashMap;
import java.util.Map;

/** The units listed so far, of the epochs last heard of. */
final class SeenUnits {
    /** Units kept an epoch: about 5 MB. */
    private static final int UNITS = 1 << 18;

    /** Epochs kept. */
    private static final int EPOCHS = 32;

    private final Map<Long, EpochUnits> epochs =
            new LinkedHashMap<>(EPOCHS, 0.75f, true) {
                private static final long serialVersionUID = 1L;

                @Override
                protected boolean removeEldestEntry(Map.Entry<Long, EpochUnits> eldest) {
                    return size() > EPOCHS;
                }
            };

    EpochUnits of(long epoch) {
        return epochs.computeIfAbsent(epoch, key -> new EpochUnits(UNITS));
    }
}
