package dev.tidegate.server.journal;

import static dev.tidegate.server.journal.RecordLayout.BYTE;
import static dev.tidegate.server.journal.RecordLayout.INT;
import static dev.tidegate.server.journal.RecordLayout.LONG;
import static dev.tidegate.server.journal.RecordLayout.UNALIGNED_LONG;

import dev.tidegate.server.platform.tracing.TraceId;
import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** An event whose record's length is known, so that the record can be claimed and then written. */
final class EncodedEvent {
    private static final byte[] NONE = {};

    private final ArmEvent event;
    private final byte[] clientId;
    private final byte[] error;
    private final Payload request;
    private final Payload response;
    private final int length;

    EncodedEvent(ArmEvent event, int payloadCap) {
        this.event = event;
        clientId = utf8(event.clientId(), RecordLayout.CLIENT_ID_CAP);
        error = utf8(event.error(), RecordLayout.ERROR_CAP);
        request = event.request().capped(payloadCap);
        response = event.response().capped(payloadCap);
        length =
                RecordLayout.aligned(
                        RecordLayout.VARIABLE
                                + clientId.length
                                + error.length
                                + request.bytes().length
                                + response.bytes().length
                                + (event.trace() == null ? 0 : RecordLayout.TRACE));
    }

    int length() {
        return length;
    }

    /** Writes everything but the state word and the checksum. */
    void write(MemorySegment memory, long at) {
        memory.set(LONG, at + RecordLayout.ID_HIGH, event.predictionId().getMostSignificantBits());
        memory.set(LONG, at + RecordLayout.ID_LOW, event.predictionId().getLeastSignificantBits());
        memory.set(LONG, at + RecordLayout.TIME, event.timeMicros());
        memory.set(LONG, at + RecordLayout.EPOCH, event.routeEpoch());
        memory.set(LONG, at + RecordLayout.MODEL, event.modelId());
        memory.set(LONG, at + RecordLayout.ROUTED, event.routedVersionId());
        memory.set(LONG, at + RecordLayout.ANSWERED, event.answeredVersionId());
        memory.set(LONG, at + RecordLayout.UNIT, event.unitHash());
        memory.set(INT, at + RecordLayout.TOTAL, event.totalMicros());
        memory.set(INT, at + RecordLayout.QUEUE, event.queueMicros());
        memory.set(INT, at + RecordLayout.COMPUTE, event.computeMicros());
        memory.set(BYTE, at + RecordLayout.ARM, EventCodes.of(event.arm()));
        memory.set(BYTE, at + RecordLayout.REASON, EventCodes.of(event.reason()));
        memory.set(BYTE, at + RecordLayout.OUTCOME, EventCodes.of(event.outcome()));
        memory.set(BYTE, at + RecordLayout.FLAGS, flags());
        writeVariable(memory, at);
    }

    private void writeVariable(MemorySegment memory, long at) {
        memory.set(INT, at + RecordLayout.REQUEST_SIZE, request.size());
        memory.set(INT, at + RecordLayout.RESPONSE_SIZE, response.size());
        long next = at + RecordLayout.VARIABLE;
        next = put(memory, at + RecordLayout.CLIENT_ID_STORED, next, clientId);
        next = put(memory, at + RecordLayout.ERROR_STORED, next, error);
        next = put(memory, at + RecordLayout.REQUEST_STORED, next, request.bytes());
        next = put(memory, at + RecordLayout.RESPONSE_STORED, next, response.bytes());
        TraceId trace = event.trace();
        if (trace != null) {
            memory.set(UNALIGNED_LONG, next, trace.high());
            memory.set(UNALIGNED_LONG, next + Long.BYTES, trace.low());
        }
    }

    private static long put(MemorySegment memory, long lengthAt, long at, byte[] bytes) {
        memory.set(INT, lengthAt, bytes.length);
        MemorySegment.copy(bytes, 0, memory, BYTE, at, bytes.length);
        return at + bytes.length;
    }

    private byte flags() {
        int flags = event.inEvidence() ? RecordLayout.IN_EVIDENCE : 0;
        flags |= request.isDigested() ? RecordLayout.REQUEST_DIGESTED : 0;
        flags |= response.isDigested() ? RecordLayout.RESPONSE_DIGESTED : 0;
        flags |= request.isRedacted() ? RecordLayout.REQUEST_REDACTED : 0;
        flags |= response.isRedacted() ? RecordLayout.RESPONSE_REDACTED : 0;
        flags |= event.trace() == null ? 0 : RecordLayout.TRACED;
        return (byte) flags;
    }

    private static byte[] utf8(String text, int cap) {
        if (text.isEmpty()) {
            return NONE;
        }
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        return bytes.length <= cap ? bytes : cut(bytes, cap);
    }

    /** Cuts before the character that would pass the cap. */
    private static byte[] cut(byte[] bytes, int cap) {
        int end = cap;
        while ((bytes[end] & 0xC0) == 0x80) {
            end--;
        }
        return Arrays.copyOf(bytes, end);
    }
}
