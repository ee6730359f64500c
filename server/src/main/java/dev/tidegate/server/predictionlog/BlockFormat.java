package dev.tidegate.server.predictionlog;

/**
 * How the predictions of a block are encoded: one after the other, each told by what differs from
 * the one before it.
 *
 * <pre>
 * block    := version (1 byte, 1) event*
 * event    := flags (varint)
 *             unless SAME_ROUTE: epoch model routed answered (varints) arm reason outcome (1 byte each)
 *             id's first half minus that of the event before (zigzag varint), second half (8 bytes)
 *             time in µs minus that of the event before (zigzag varint)
 *             unit hash (8 bytes)
 *             total, queue, compute in µs (varints)
 *             if CLIENT: length (varint), UTF-8
 *             if ERROR: length (varint), UTF-8
 *             request response (messages)
 *             if TRACED: the caller's trace id (16 bytes)
 * message  := size (varint)
 *             if OMITTED: nothing
 *             if digested: SHA-256 (32 bytes)
 *             else: bytes shared with the start of the whole message of its kind before it (varint),
 *                   with its end (varint), and those between (size less both)
 * varint   := 64 bits, 7 a byte, the lowest first, the top bit set in all but the last (LEB128)
 * zigzag   := (n &lt;&lt; 1) ^ (n &gt;&gt; 63)
 * </pre>
 *
 * Version 1 has no OMITTED and no redacted messages. Before the first event all numbers are 0 and
 * both messages empty. Whole numbers of fixed length are big-endian. Arms, reasons and outcomes
 * have the numbers of {@link dev.tidegate.server.journal.EventCodes}.
 */
final class BlockFormat {
    static final int VERSION = 2;

    /** The oldest version that is read. */
    static final int OLDEST = 1;

    static final int SAME_ROUTE = 1;
    static final int IN_EVIDENCE = 1 << 1;
    static final int CLIENT = 1 << 2;
    static final int ERROR = 1 << 3;
    static final int REQUEST_DIGESTED = 1 << 4;
    static final int RESPONSE_DIGESTED = 1 << 5;
    static final int TRACED = 1 << 6;
    static final int REQUEST_REDACTED = 1 << 7;
    static final int RESPONSE_REDACTED = 1 << 8;

    /** Of both messages only the sizes are there. */
    static final int OMITTED = 1 << 9;

    /** Bytes of a SHA-256. */
    static final int DIGEST = 32;

    private BlockFormat() {}
}
