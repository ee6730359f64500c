package dev.tidegate.server.inference.rest;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/** A tensor's elements as they come, little-endian, one behind the other. */
final class RawBytes {
    private static final VarHandle SHORTS = view(short[].class);
    private static final VarHandle INTS = view(int[].class);
    private static final VarHandle LONGS = view(long[].class);
    private static final int FIRST_BYTES = 128;

    private final Room room;
    private byte[] bytes = new byte[FIRST_BYTES];
    private int size;

    /**
     * @param room what all tensors of the message may take together
     */
    RawBytes(Room room) {
        this.room = room;
    }

    private static VarHandle view(Class<?> type) {
        return MethodHandles.byteArrayViewVarHandle(type, ByteOrder.LITTLE_ENDIAN);
    }

    private int grow(int by) {
        room.take(by);
        int at = size;
        size = Math.addExact(size, by);
        if (size > bytes.length) {
            bytes = Arrays.copyOf(bytes, (int) Math.min(Integer.MAX_VALUE - 8, size * 2L));
        }
        return at;
    }

    void addByte(int value) {
        int at = grow(Byte.BYTES);
        bytes[at] = (byte) value;
    }

    void addShort(int value) {
        int at = grow(Short.BYTES);
        SHORTS.set(bytes, at, (short) value);
    }

    void addInt(int value) {
        int at = grow(Integer.BYTES);
        INTS.set(bytes, at, value);
    }

    void addLong(long value) {
        int at = grow(Long.BYTES);
        LONGS.set(bytes, at, value);
    }

    /** Adds a string behind its length. */
    void addText(byte[] utf8) {
        addInt(utf8.length);
        int at = grow(utf8.length);
        System.arraycopy(utf8, 0, bytes, at, utf8.length);
    }

    /** Returns the array that holds the elements, from its start. */
    byte[] array() {
        return bytes;
    }

    int size() {
        return size;
    }
}
