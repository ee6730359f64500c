package dev.tidegate.server.journal;

import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;

/**
 * Where the fields of a record lie, in bytes from its start; little-endian, records aligned to 8.
 *
 * <p>The first word is the record's state: 0 free, −length claimed by a writer, +length published,
 * {@link #END} no more records in this segment. The length counts the word itself and the padding.
 */
final class RecordLayout {
    static final ValueLayout.OfInt INT = ValueLayout.JAVA_INT.withOrder(ByteOrder.LITTLE_ENDIAN);
    static final ValueLayout.OfLong LONG = ValueLayout.JAVA_LONG.withOrder(ByteOrder.LITTLE_ENDIAN);
    static final ValueLayout.OfLong UNALIGNED_LONG =
            ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    static final ValueLayout.OfByte BYTE = ValueLayout.JAVA_BYTE;

    static final int END = Integer.MIN_VALUE;

    static final int CHECKSUM = 4;
    static final int ID_HIGH = 8;
    static final int ID_LOW = 16;
    static final int TIME = 24;
    static final int EPOCH = 32;
    static final int MODEL = 40;
    static final int ROUTED = 48;
    static final int ANSWERED = 56;
    static final int UNIT = 64;
    static final int TOTAL = 72;
    static final int QUEUE = 76;
    static final int COMPUTE = 80;
    static final int ARM = 84;
    static final int REASON = 85;
    static final int OUTCOME = 86;
    static final int FLAGS = 87;
    static final int REQUEST_SIZE = 88;
    static final int RESPONSE_SIZE = 92;
    static final int CLIENT_ID_STORED = 96;
    static final int ERROR_STORED = 100;
    static final int REQUEST_STORED = 104;
    static final int RESPONSE_STORED = 108;
    static final int VARIABLE = 112;

    static final int IN_EVIDENCE = 1;
    static final int REQUEST_DIGESTED = 2;
    static final int RESPONSE_DIGESTED = 4;

    /** The 16 bytes of a trace id follow the response. */
    static final int TRACED = 8;

    static final int REQUEST_REDACTED = 16;
    static final int RESPONSE_REDACTED = 32;

    /** Bytes of a client's id that are kept. */
    static final int CLIENT_ID_CAP = 1024;

    /** Bytes of an error's text that are kept. */
    static final int ERROR_CAP = 4096;

    /** Bytes of a trace id. */
    static final int TRACE = 16;

    /** Bytes of a SHA-256. */
    static final int DIGEST = 32;

    private RecordLayout() {}

    static int aligned(int length) {
        return (length + Long.BYTES - 1) & -Long.BYTES;
    }

    static int largest(int payloadCap) {
        return aligned(
                VARIABLE + CLIENT_ID_CAP + ERROR_CAP + TRACE + 2 * Math.max(payloadCap, DIGEST));
    }
}
