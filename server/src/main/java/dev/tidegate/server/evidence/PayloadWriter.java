package dev.tidegate.server.evidence;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;

/** Writes counts and units, growing as needed. */
final class PayloadWriter {
    /** Octets of the longest varint. */
    private static final int VARINT = 10;

    private ByteBuffer bytes = ByteBuffer.allocate(512).order(ByteOrder.LITTLE_ENDIAN);

    void count(long value) {
        room(VARINT);
        long rest = value;
        while ((rest & ~0x7FL) != 0) {
            bytes.put((byte) ((rest & 0x7F) | 0x80));
            rest >>>= 7;
        }
        bytes.put((byte) rest);
    }

    void unit(long hash, byte mark) {
        room(Long.BYTES + 1);
        bytes.putLong(hash).put(mark);
    }

    private void room(int length) {
        if (bytes.remaining() < length) {
            bytes =
                    ByteBuffer.allocate(2 * bytes.capacity())
                            .order(ByteOrder.LITTLE_ENDIAN)
                            .put(bytes.flip());
        }
    }

    byte[] finished() {
        return Arrays.copyOf(bytes.array(), bytes.position());
    }
}
