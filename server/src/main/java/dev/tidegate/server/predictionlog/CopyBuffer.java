package dev.tidegate.server.predictionlog;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Rows in PostgreSQL's binary COPY format.
 *
 * <p>Source: PostgreSQL 18 manual, COPY, "Binary Format".
 */
final class CopyBuffer {
    private static final byte[] SIGNATURE = {
        'P', 'G', 'C', 'O', 'P', 'Y', '\n', (byte) 0xFF, '\r', '\n', 0
    };

    /** Microseconds from 1970 to 2000, where PostgreSQL's time begins. */
    private static final long EPOCH = 946_684_800_000_000L;

    private ByteBuffer bytes = ByteBuffer.allocate(1 << 16);

    CopyBuffer() {
        clear();
    }

    /** Forgets all rows and keeps the memory. */
    void clear() {
        bytes.clear().put(SIGNATURE).putInt(0).putInt(0);
    }

    /** Begins a row with this many fields. */
    CopyBuffer row(int fields) {
        room(Short.BYTES).putShort((short) fields);
        return this;
    }

    CopyBuffer uuid(UUID value) {
        field(16).putLong(value.getMostSignificantBits()).putLong(value.getLeastSignificantBits());
        return this;
    }

    /** Writes a timestamptz from microseconds since 1970. */
    CopyBuffer time(long micros) {
        return int8(micros - EPOCH);
    }

    CopyBuffer int8(long value) {
        field(Long.BYTES).putLong(value);
        return this;
    }

    CopyBuffer int4(int value) {
        field(Integer.BYTES).putInt(value);
        return this;
    }

    CopyBuffer int2(int value) {
        field(Short.BYTES).putShort((short) value);
        return this;
    }

    CopyBuffer bool(boolean value) {
        field(1).put((byte) (value ? 1 : 0));
        return this;
    }

    /** Writes a text as {@link #withoutZeros} gives it. */
    CopyBuffer text(String value) {
        return bytea(withoutZeros(value).getBytes(StandardCharsets.UTF_8));
    }

    /** PostgreSQL has no zero character: it becomes the replacement character. */
    static String withoutZeros(String text) {
        return text.replace('\0', '\uFFFD');
    }

    CopyBuffer bytea(byte @Nullable [] value) {
        if (value == null) {
            return none();
        }
        field(value.length).put(value);
        return this;
    }

    CopyBuffer none() {
        room(Integer.BYTES).putInt(-1);
        return this;
    }

    private ByteBuffer field(int length) {
        return room(Integer.BYTES + length).putInt(length);
    }

    private ByteBuffer room(int length) {
        if (bytes.remaining() < length) {
            int capacity = Math.max(bytes.capacity() * 2, bytes.position() + length);
            bytes = ByteBuffer.allocate(capacity).put(bytes.flip());
        }
        return bytes;
    }

    /** Ends the rows and returns them all, to be read before the next {@link #clear}. */
    InputStream finished() {
        room(Short.BYTES).putShort((short) -1);
        return new ByteArrayInputStream(bytes.array(), 0, bytes.position());
    }
}
