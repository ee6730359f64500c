package dev.tidegate.server.journal;

import io.micronaut.context.annotation.ConfigurationProperties;
import io.micronaut.core.bind.annotation.Bindable;

/**
 * Size of the journal.
 *
 * @param segmentBytes size of one segment file
 * @param maxBytes size of all segments of this boot together; beyond it events are counted as lost
 * @param payloadCap largest request or response that is kept whole, in bytes; above it its SHA-256
 */
@ConfigurationProperties("tidegate.journal")
public record JournalConfig(
        @Bindable(defaultValue = "67108864") long segmentBytes,
        @Bindable(defaultValue = "4294967296") long maxBytes,
        @Bindable(defaultValue = "65536") int payloadCap) {

    public JournalConfig {
        if (payloadCap < 0 || payloadCap > 1 << 28) {
            throw new IllegalArgumentException(
                    "tidegate.journal.payload-cap is "
                            + payloadCap
                            + ": expected 0 to 268435456 bytes");
        }
        long smallest = 4L * RecordLayout.largest(payloadCap);
        if (segmentBytes % Long.BYTES != 0 || segmentBytes < smallest || segmentBytes > 1 << 30) {
            throw new IllegalArgumentException(
                    "tidegate.journal.segment-bytes is %d: expected a multiple of 8 from %d to 1073741824"
                            .formatted(segmentBytes, smallest));
        }
        if (maxBytes < 2 * segmentBytes) {
            throw new IllegalArgumentException(
                    "tidegate.journal.max-bytes is %d: expected at least two segments, %d"
                            .formatted(maxBytes, 2 * segmentBytes));
        }
    }
}
