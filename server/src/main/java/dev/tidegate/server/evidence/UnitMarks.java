package dev.tidegate.server.evidence;

import java.util.Arrays;

/**
 * Units with a mark of eight bits, in the order in which they came.
 *
 * <p>Open addressing with linear probing over the units' hashes; nothing is ever taken out. Not
 * thread-safe.
 */
final class UnitMarks {
    private static final int SMALLEST = 16;

    private long[] units = new long[SMALLEST];
    private byte[] marks = new byte[SMALLEST];
    private int[] slots = new int[2 * SMALLEST];
    private int size;

    int size() {
        return size;
    }

    boolean contains(long unit) {
        return slots[slot(unit)] != 0;
    }

    /** Returns the unit's bits, 0 when it is not there. */
    byte mark(long unit) {
        int place = slots[slot(unit)];
        return place == 0 ? 0 : marks[place - 1];
    }

    /** Sets bits of a unit, which is added when it is not there. */
    void add(long unit, byte bits) {
        int slot = slot(unit);
        if (slots[slot] == 0) {
            if (size == units.length) {
                grow();
                slot = slot(unit);
            }
            units[size] = unit;
            slots[slot] = ++size;
        }
        marks[slots[slot] - 1] |= bits;
    }

    /** Returns the slot that holds the unit, or the free one where it belongs. */
    private int slot(long unit) {
        int mask = slots.length - 1;
        int slot = Long.hashCode(unit * 0x9E3779B97F4A7C15L) & mask;
        while (slots[slot] != 0 && units[slots[slot] - 1] != unit) {
            slot = (slot + 1) & mask;
        }
        return slot;
    }

    private void grow() {
        units = Arrays.copyOf(units, 2 * size);
        marks = Arrays.copyOf(marks, 2 * size);
        slots = new int[4 * size];
        for (int place = 0; place < size; place++) {
            slots[slot(units[place])] = place + 1;
        }
    }

    /** Returns the units in the order in which they came. */
    long[] units() {
        return Arrays.copyOf(units, size);
    }

    /** Returns the marks, in the order of the units. */
    byte[] marks() {
        return Arrays.copyOf(marks, size);
    }
}
