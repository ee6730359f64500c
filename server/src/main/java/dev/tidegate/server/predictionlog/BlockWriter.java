package dev.tidegate.server.predictionlog;

import dev.tidegate.server.journal.ArmEvent;
import dev.tidegate.server.journal.EventCodes;
import dev.tidegate.server.journal.Payload;
import dev.tidegate.server.platform.tracing.TraceId;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Encodes predictions as {@link BlockFormat} says; its memory is kept from block to block. */
final class BlockWriter {
    private static final byte[] NONE = {};

    private byte[] bytes = new byte[1 << 10];
    private int length;
    private @Nullable ArmEvent before;
    private byte[] request = NONE;
    private byte[] response = NONE;

    BlockWriter() {
        clear();
    }

    void clear() {
        length = 0;
        before = null;
        request = NONE;
        response = NONE;
        octet(BlockFormat.VERSION);
    }

    /** Returns the memory with the block at its start. */
    byte[] bytes() {
        return bytes;
    }

    /** Returns the bytes of the block. */
    int length() {
        return length;
    }

    void add(ArmEvent event) {
        ArmEvent last = before;
        boolean sameRoute = last != null && isSameRoute(last, event);
        varint(flags(event, sameRoute));
        if (!sameRoute) {
            route(event);
        }
        long high = event.predictionId().getMostSignificantBits();
        zigzag(high - (last == null ? 0 : last.predictionId().getMostSignificantBits()));
        word(event.predictionId().getLeastSignificantBits());
        zigzag(event.timeMicros() - (last == null ? 0 : last.timeMicros()));
        word(event.unitHash());
        varint(event.totalMicros() & 0xFFFF_FFFFL);
        varint(event.queueMicros() & 0xFFFF_FFFFL);
        varint(event.computeMicros() & 0xFFFF_FFFFL);
        text(event.clientId());
        text(event.error());
        request = message(event.request(), request);
        response = message(event.response(), response);
        TraceId trace = event.trace();
        if (trace != null) {
            word(trace.high());
            word(trace.low());
        }
        before = event;
    }

    private static boolean isSameRoute(ArmEvent last, ArmEvent event) {
        return last.routeEpoch() == event.routeEpoch()
                && last.modelId() == event.modelId()
                && last.routedVersionId() == event.routedVersionId()
                && last.answeredVersionId() == event.answeredVersionId()
                && last.arm() == event.arm()
                && last.reason() == event.reason()
                && last.outcome() == event.outcome();
    }

    private static int flags(ArmEvent event, boolean sameRoute) {
        return (sameRoute ? BlockFormat.SAME_ROUTE : 0)
                | (event.inEvidence() ? BlockFormat.IN_EVIDENCE : 0)
                | (event.clientId().isEmpty() ? 0 : BlockFormat.CLIENT)
                | (event.error().isEmpty() ? 0 : BlockFormat.ERROR)
                | (event.request().isDigested() ? BlockFormat.REQUEST_DIGESTED : 0)
                | (event.response().isDigested() ? BlockFormat.RESPONSE_DIGESTED : 0)
                | (event.trace() == null ? 0 : BlockFormat.TRACED)
                | (event.request().isRedacted() ? BlockFormat.REQUEST_REDACTED : 0)
                | (event.response().isRedacted() ? BlockFormat.RESPONSE_REDACTED : 0)
                | (event.request().isOmitted() ? BlockFormat.OMITTED : 0);
    }

    private void route(ArmEvent event) {
        varint(event.routeEpoch());
        varint(event.modelId());
        varint(event.routedVersionId());
        varint(event.answeredVersionId());
        octet(EventCodes.of(event.arm()));
        octet(EventCodes.of(event.reason()));
        octet(EventCodes.of(event.outcome()));
    }

    private void text(String text) {
        if (!text.isEmpty()) {
            byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
            varint(utf8.length);
            raw(utf8, 0, utf8.length);
        }
    }

    /** Returns the message against which the next one is told. */
    private byte[] message(Payload payload, byte[] last) {
        varint(payload.size());
        if (payload.isOmitted()) {
            return last;
        }
        byte[] message = payload.bytes();
        if (payload.isDigested()) {
            raw(message, 0, BlockFormat.DIGEST);
            return last;
        }
        int start = sharedStart(last, message);
        int end = sharedEnd(last, message, start);
        varint(start);
        varint(end);
        raw(message, start, message.length - start - end);
        return message;
    }

    private static int sharedStart(byte[] last, byte[] message) {
        int differs = Arrays.mismatch(last, message);
        return differs < 0 ? message.length : differs;
    }

    private static int sharedEnd(byte[] last, byte[] message, int start) {
        int most = Math.min(last.length, message.length) - start;
        int shared = 0;
        while (shared < most
                && last[last.length - 1 - shared] == message[message.length - 1 - shared]) {
            shared++;
        }
        return shared;
    }

    private void zigzag(long value) {
        varint(value << 1 ^ value >> 63);
    }

    private void varint(long value) {
        room(10);
        long rest = value;
        while ((rest & ~0x7FL) != 0) {
            bytes[length++] = (byte) (rest | 0x80);
            rest >>>= 7;
        }
        bytes[length++] = (byte) rest;
    }

    private void octet(int value) {
        room(1);
        bytes[length++] = (byte) value;
    }

    private void word(long value) {
        room(Long.BYTES);
        for (int shift = 56; shift >= 0; shift -= 8) {
            bytes[length++] = (byte) (value >>> shift);
        }
    }

    private void raw(byte[] source, int from, int count) {
        room(count);
        System.arraycopy(source, from, bytes, length, count);
        length += count;
    }

    private void room(int count) {
        if (bytes.length - length < count) {
            bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, length + count));
        }
    }
}
