package dev.tidegate.server.stats;

/**
 * What is known of each unit of a rollout: a few bytes a unit, in an open-addressing table keyed by
 * the unit's 64-bit hash.
 *
 * <p>The table holds a sample of the units: those whose second hash has its first {@code halvings}
 * bits zero. It starts with all of them; whenever it holds more than its capacity the share is
 * halved and the others are dropped for good. As the second hash is independent of arm and outcome,
 * everything stays exact on the sample.
 */
final class UnitTable {
    /** Units held before the share is halved. */
    static final int CAPACITY = 1 << 20;

    private final int lanes;
    private final int capacity;
    private long[] keys;
    private byte[] states;
    private boolean[] used;
    private int size;
    private int halvings;

    UnitTable(int lanes) {
        this(lanes, CAPACITY);
    }

    UnitTable(int lanes, int capacity) {
        this.lanes = lanes;
        this.capacity = capacity;
        allocate(64);
    }

    /**
     * Returns the place of a unit, adding it when it is new, or −1 when it is not of the sample.
     */
    int place(long unit) {
        long hash = SampleHash.of(unit);
        if (!sampled(hash)) {
            return -1;
        }
        int slot = slot(unit, hash);
        if (used[slot]) {
            return slot;
        }
        return add(unit, hash, slot);
    }

    /**
     * Returns one byte of a unit's state as a number from 0 to 255; 0 is the state of a new unit.
     */
    int state(int place, int lane) {
        return states[place * lanes + lane] & 0xFF;
    }

    void set(int place, int lane, int state) {
        states[place * lanes + lane] = (byte) state;
    }

    int size() {
        return size;
    }

    /** Returns the share of all units that the sample holds, a power of ½. */
    double share() {
        return 1.0 / (1L << halvings);
    }

    private boolean sampled(long hash) {
        return halvings == 0 || hash >>> (64 - halvings) == 0;
    }

    private int slot(long unit, long hash) {
        int mask = keys.length - 1;
        int slot = (int) hash & mask;
        while (used[slot] && keys[slot] != unit) {
            slot = (slot + 1) & mask;
        }
        return slot;
    }

    private int add(long unit, long hash, int slot) {
        used[slot] = true;
        keys[slot] = unit;
        size++;
        if (size > capacity) {
            halve();
            return sampled(hash) ? slot(unit, hash) : -1;
        }
        if (size * 2 > keys.length) {
            rebuild(keys.length * 2);
            return slot(unit, hash);
        }
        return slot;
    }

    private void halve() {
        while (size > capacity) {
            halvings++;
            rebuild(keys.length);
        }
    }

    private void rebuild(int length) {
        long[] oldKeys = keys;
        byte[] oldStates = states;
        boolean[] oldUsed = used;
        allocate(length);
        size = 0;
        for (int old = 0; old < oldKeys.length; old++) {
            long hash = SampleHash.of(oldKeys[old]);
            if (oldUsed[old] && sampled(hash)) {
                int slot = slot(oldKeys[old], hash);
                used[slot] = true;
                keys[slot] = oldKeys[old];
                System.arraycopy(oldStates, old * lanes, states, slot * lanes, lanes);
                size++;
            }
        }
    }

    private void allocate(int length) {
        keys = new long[length];
        states = new byte[length * lanes];
        used = new boolean[length];
    }
}
