package dev.tidegate.server.evidence;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Reads what {@link PayloadWriter} wrote. */
final class PayloadReader {
    private final ByteBuffer bytes;

    PayloadReader(byte[] payload) {
        bytes = ByteBuffer.wrap(payload).order(ByteOrder.LITTLE_ENDIAN);
    }

    long count() {
        long value = 0;
        for (int shift = 0; shift < Long.SIZE; shift += 7) {
            byte octet = octet();
            value |= (octet & 0x7FL) << shift;
            if (octet >= 0) {
                return value;
            }
        }
        throw broken("a varint of at most ten octets");
    }

    int size() {
        long count = count();
        if (count < 0 || count > Integer.MAX_VALUE) {
            throw broken("a number of things, not " + count);
        }
        return (int) count;
    }

    long unit() {
        if (bytes.remaining() < Long.BYTES) {
            throw broken("a unit's hash");
        }
        return bytes.getLong();
    }

    byte mark() {
        return octet();
    }

    private byte octet() {
        try {
            return bytes.get();
        } catch (BufferUnderflowException e) {
            throw broken("more octets");
        }
    }

    private IllegalArgumentException broken(String expected) {
        return new IllegalArgumentException(
                "evidence payload of %d octets is broken at %d: expected %s"
                        .formatted(bytes.capacity(), bytes.position(), expected));
    }
}
