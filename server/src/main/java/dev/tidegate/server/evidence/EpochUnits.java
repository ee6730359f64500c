package dev.tidegate.server.evidence;

/**
 * The units that this boot has listed in one epoch, and which of their events.
 *
 * <p>Bounded: when full it forgets all of them. A unit that is then listed again is harmless, for
 * the fold decides who was first.
 */
final class EpochUnits {
    private final int most;
    private UnitMarks listed = new UnitMarks();

    EpochUnits(int most) {
        this.most = most;
    }

    boolean isNew(long unit) {
        return !listed.contains(unit);
    }

    /** Returns whether some of the events were not listed yet. */
    boolean isNews(long unit, byte events) {
        return (events & ~listed.mark(unit)) != 0;
    }

    void list(long unit, byte events) {
        if (listed.size() >= most && !listed.contains(unit)) {
            listed = new UnitMarks();
        }
        listed.add(unit, events);
    }
}
