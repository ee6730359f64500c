package dev.tidegate.server.routing;

import java.nio.ByteBuffer;
import java.security.SecureRandom;

/** A key of SipHash, 128 bits; a new one for each rollout. */
public record Salt(long first, long second) {
    static final int BYTES = 16;

    public static Salt random(SecureRandom random) {
        return new Salt(random.nextLong(), random.nextLong());
    }

    public static Salt of(byte[] bytes) {
        if (bytes.length != BYTES) {
            throw new IllegalArgumentException(
                    "salt of " + bytes.length + " bytes, expected " + BYTES);
        }
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        return new Salt(buffer.getLong(), buffer.getLong());
    }

    public byte[] bytes() {
        return ByteBuffer.allocate(BYTES).putLong(first).putLong(second).array();
    }
}
