package dev.tidegate.server.predictionlog;

import dev.tidegate.server.journal.ArmEvent;
import dev.tidegate.server.journal.EventCodes;
import dev.tidegate.server.journal.Outcome;
import dev.tidegate.server.journal.Payload;
import dev.tidegate.server.platform.tracing.TraceId;
import dev.tidegate.server.routing.RouteReason;
import dev.tidegate.server.stats.Arm;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import java.util.function.Consumer;

/** Decodes the predictions of one block, in the order in which they were written. */
final class BlockReader {
    private final ByteBuffer bytes;
    private long routeEpoch;
    private long modelId;
    private long routedVersionId;
    private long answeredVersionId;
    private Arm arm = Arm.CHAMPION;
    private RouteReason reason = RouteReason.CHAMPION;
    private Outcome outcome = Outcome.OK;
    private long high;
    private long timeMicros;
    private byte[] request = {};
    private byte[] response = {};

    private BlockReader(ByteBuffer bytes) {
        this.bytes = bytes;
    }

    /**
     * Shows each prediction of a block.
     *
     * @throws IllegalStateException when it is of a later version, or is no block
     */
    static void read(byte[] block, Consumer<ArmEvent> events) {
        read(ByteBuffer.wrap(block), events);
    }

    static void read(ByteBuffer block, Consumer<ArmEvent> events) {
        BlockReader reader = new BlockReader(block);
        try {
            reader.version();
            while (block.hasRemaining()) {
                events.accept(reader.event());
            }
        } catch (BufferUnderflowException
                | IndexOutOfBoundsException
                | IllegalArgumentException e) {
            throw new IllegalStateException(
                    "a block of the prediction log is broken at byte %d of %d"
                            .formatted(block.position(), block.limit()),
                    e);
        }
    }

    private void version() {
        int version = bytes.get();
        if (version < BlockFormat.OLDEST || version > BlockFormat.VERSION) {
            throw new IllegalStateException(
                    "a block of the prediction log has version %d: expected %d to %d"
                            .formatted(version, BlockFormat.OLDEST, BlockFormat.VERSION));
        }
    }

    private ArmEvent event() {
        int flags = (int) varint();
        if ((flags & BlockFormat.SAME_ROUTE) == 0) {
            route();
        }
        high += zigzag();
        UUID id = new UUID(high, bytes.getLong());
        timeMicros += zigzag();
        long unit = bytes.getLong();
        int total = (int) varint();
        int queue = (int) varint();
        int compute = (int) varint();
        String client = (flags & BlockFormat.CLIENT) == 0 ? "" : text();
        String error = (flags & BlockFormat.ERROR) == 0 ? "" : text();
        boolean omitted = (flags & BlockFormat.OMITTED) != 0;
        Payload asked = message(omitted, (flags & BlockFormat.REQUEST_DIGESTED) != 0, request);
        Payload answered = message(omitted, (flags & BlockFormat.RESPONSE_DIGESTED) != 0, response);
        request = asked.isWhole() ? asked.bytes() : request;
        response = answered.isWhole() ? answered.bytes() : response;
        return new ArmEvent(
                id,
                timeMicros,
                routeEpoch,
                modelId,
                routedVersionId,
                answeredVersionId,
                arm,
                reason,
                (flags & BlockFormat.IN_EVIDENCE) != 0,
                unit,
                outcome,
                total,
                queue,
                compute,
                client,
                error,
                (flags & BlockFormat.REQUEST_REDACTED) == 0 ? asked : asked.asRedacted(),
                (flags & BlockFormat.RESPONSE_REDACTED) == 0 ? answered : answered.asRedacted(),
                (flags & BlockFormat.TRACED) == 0
                        ? null
                        : new TraceId(bytes.getLong(), bytes.getLong()));
    }

    private void route() {
        routeEpoch = varint();
        modelId = varint();
        routedVersionId = varint();
        answeredVersionId = varint();
        arm = EventCodes.arm(bytes.get());
        reason = EventCodes.reason(bytes.get());
        outcome = EventCodes.outcome(bytes.get());
    }

    private String text() {
        return new String(raw(within(bytes.remaining())), StandardCharsets.UTF_8);
    }

    private Payload message(boolean omitted, boolean digested, byte[] last) {
        int size = (int) varint();
        if (omitted) {
            return Payload.omitted(size);
        }
        if (digested) {
            return Payload.digest(size, raw(BlockFormat.DIGEST));
        }
        int start = within(last.length);
        int end = within(last.length - start);
        if (size < start + end || size - start - end > bytes.remaining()) {
            throw new BufferUnderflowException();
        }
        byte[] message = new byte[size];
        System.arraycopy(last, 0, message, 0, start);
        bytes.get(message, start, size - start - end);
        System.arraycopy(last, last.length - end, message, size - end, end);
        return Payload.whole(message);
    }

    private byte[] raw(int count) {
        byte[] raw = new byte[count];
        bytes.get(raw);
        return raw;
    }

    /** Returns a length that is possible. */
    private int within(int most) {
        long length = varint();
        if (length < 0 || length > most) {
            throw new BufferUnderflowException();
        }
        return (int) length;
    }

    private long zigzag() {
        long coded = varint();
        return coded >>> 1 ^ -(coded & 1);
    }

    private long varint() {
        long value = 0;
        for (int shift = 0; shift < Long.SIZE; shift += 7) {
            byte next = bytes.get();
            value |= (next & 0x7FL) << shift;
            if (next >= 0) {
                return value;
            }
        }
        throw new IllegalArgumentException("a number has more than 64 bits");
    }
}
