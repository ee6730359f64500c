package dev.tidegate.server.journal;

import static dev.tidegate.server.journal.RecordLayout.END;
import static dev.tidegate.server.journal.RecordLayout.INT;
import static dev.tidegate.server.journal.RecordLayout.LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.util.concurrent.atomic.AtomicLong;
import java.util.zip.CRC32C;

/**
 * One memory-mapped file of records.
 *
 * <p>A writer claims the first free record by exchanging its state word from 0 to −length, so the
 * chain of records can be walked at any moment, also after the process was killed between claim and
 * publication. The tail is only a hint where the first free record may be: whoever finds a record
 * taken hops over it and moves the tail on. The state word is set to +length, with release
 * semantics, when the record is whole.
 */
final class Segment implements AutoCloseable {
    /** Bytes before the first record: magic and number. */
    static final int HEADER = 16;

    /** "TGJRNL" and the layout's version. */
    static final long MAGIC = 0x5447_4A52_4E4C_0001L;

    /** What {@link #claim} returns when the record does not fit. */
    static final long FULL = -1;

    private static final VarHandle WORD = INT.varHandle();

    private final long number;
    private final Arena arena;
    private final MemorySegment memory;
    private final ByteBuffer bytes;
    private final long size;
    private final AtomicLong tail = new AtomicLong(HEADER);

    Segment(long number, Arena arena, MemorySegment memory) {
        this.number = number;
        this.arena = arena;
        this.memory = memory;
        bytes = memory.asByteBuffer();
        size = memory.byteSize();
    }

    long number() {
        return number;
    }

    MemorySegment memory() {
        return memory;
    }

    long tail() {
        return tail.get();
    }

    boolean isMarked() {
        return size >= HEADER && memory.get(LONG, 0) == MAGIC && memory.get(LONG, 8) == number;
    }

    boolean isBlank() {
        return size < HEADER || memory.get(LONG, 0) == 0;
    }

    void mark() {
        memory.set(LONG, 8, number);
        memory.set(LONG, 0, MAGIC);
    }

    /** Returns the claimed record's place, or {@link #FULL} after closing the segment. */
    long claim(int length) {
        long at = tail.get();
        while (at + length <= size) {
            int seen = (int) WORD.compareAndExchange(memory, at, 0, -length);
            if (seen == END) {
                return FULL;
            }
            long next = at + (seen == 0 ? length : Math.abs(seen));
            tail.compareAndSet(at, next);
            if (seen == 0) {
                return at;
            }
            at = next;
        }
        seal(at);
        return FULL;
    }

    private void seal(long from) {
        long at = from;
        while (at < size) {
            int seen = (int) WORD.compareAndExchange(memory, at, 0, END);
            if (seen == 0 || seen == END) {
                return;
            }
            at += Math.abs(seen);
        }
    }

    void publish(long at, int length) {
        memory.set(INT, at + RecordLayout.CHECKSUM, checksum(at, length));
        WORD.setRelease(memory, at, length);
    }

    /** Gives up a claimed record: its checksum is wrong, so readers count it and do not wait. */
    void abandon(long at, int length) {
        memory.set(INT, at + RecordLayout.CHECKSUM, ~checksum(at, length));
        WORD.setRelease(memory, at, length);
    }

    /** Returns the state word; {@link RecordLayout#END} past the last place. */
    int word(long at) {
        return at >= size ? END : (int) WORD.getAcquire(memory, at);
    }

    boolean holds(long at, int length) {
        return length >= RecordLayout.VARIABLE && length % Long.BYTES == 0 && at + length <= size;
    }

    boolean isSound(long at, int length) {
        return memory.get(INT, at + RecordLayout.CHECKSUM) == checksum(at, length);
    }

    /** CRC-32C of everything after the checksum. */
    private int checksum(long at, int length) {
        CRC32C crc = new CRC32C();
        crc.update(bytes.slice((int) at + RecordLayout.ID_HIGH, length - RecordLayout.ID_HIGH));
        return (int) crc.getValue();
    }

    @Override
    public void close() {
        arena.close();
    }
}
