package dev.tidegate.server.predictionlog;

import dev.tidegate.server.platform.error.TidegateException;
import java.util.Collection;
import java.util.List;
import java.util.TreeSet;
import java.util.UUID;

/**
 * What the log keeps of a model's requests; outcomes are kept of all.
 *
 * @param redacted fields whose values are not kept, sorted: names of columns, inputs or outputs, or
 *     {@value #UNIT}
 * @param sample share of the requests whose messages are kept, 0 to 1
 */
public record LogSettings(List<String> redacted, double sample) {
    /** The request parameter that names the unit; it can be redacted like a field. */
    public static final String UNIT = "tidegate_unit";

    /** Everything is kept. */
    public static final LogSettings ALL = new LogSettings(List.of(), 1);

    public LogSettings {
        redacted = List.copyOf(new TreeSet<>(redacted));
        if (!(sample >= 0 && sample <= 1)) {
            throw TidegateException.invalid(
                    "sample is %s: expected a share from 0 to 1, such as 0.1".formatted(sample));
        }
    }

    boolean redacts() {
        return !redacted.isEmpty();
    }

    /** Returns whether the messages of this prediction are in the sample; the same everywhere. */
    boolean keepsMessages(UUID id) {
        return sample >= 1 || share(id) < sample;
    }

    /** Returns a number of [0, 1) that the id alone decides: SplitMix64's finalizer over it. */
    private static double share(UUID id) {
        long mixed =
                id.getMostSignificantBits() * 0x9E3779B97F4A7C15L + id.getLeastSignificantBits();
        mixed = (mixed ^ mixed >>> 30) * 0xBF58476D1CE4E5B9L;
        mixed = (mixed ^ mixed >>> 27) * 0x94D049BB133111EBL;
        return ((mixed ^ mixed >>> 31) >>> 11) * 0x1.0p-53;
    }

    /** Returns the fields that are redacted here and were not before. */
    List<String> added(LogSettings before) {
        return without(redacted, before.redacted);
    }

    private static List<String> without(List<String> names, Collection<String> others) {
        return names.stream().filter(name -> !others.contains(name)).toList();
    }
}
