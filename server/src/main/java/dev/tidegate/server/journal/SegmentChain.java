package dev.tidegate.server.journal;

import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** The segments of the running process: the one written to, prepared ones ahead, unread ones. */
final class SegmentChain implements SegmentSource {
    private final ConcurrentSkipListMap<Long, Segment> segments = new ConcurrentSkipListMap<>();
    private final AtomicReference<@Nullable Segment> current = new AtomicReference<>();

    @Nullable Segment current() {
        return current.get();
    }

    /** Adds a prepared segment; it is written to at once when there is no other. */
    void add(Segment segment) {
        segments.put(segment.number(), segment);
        current.compareAndSet(null, segment);
    }

    /** Moves on from a full segment; returns false when none is prepared. */
    boolean roll(Segment full) {
        if (current.get() != full) {
            return true;
        }
        Segment next = segments.get(full.number() + 1);
        if (next == null) {
            return false;
        }
        current.compareAndSet(full, next);
        return true;
    }

    long nextNumber() {
        return segments.isEmpty() ? 0 : segments.lastKey() + 1;
    }

    /** Returns how many prepared segments wait behind the current one. */
    long ahead() {
        Segment now = current.get();
        return now == null ? 0 : segments.lastKey() - now.number();
    }

    int size() {
        return segments.size();
    }

    /** Takes the oldest segment out when it lies before the number and is not written to. */
    @Nullable Segment takeBefore(long number) {
        var first = segments.firstEntry();
        Segment now = current.get();
        if (first == null || now == null || first.getKey() >= Math.min(number, now.number())) {
            return null;
        }
        return segments.remove(first.getKey());
    }

    @Override
    public @Nullable Segment segment(long number) {
        return segments.get(number);
    }

    @Override
    public boolean isLive() {
        return true;
    }

    @Override
    public long newest() {
        Segment now = current.get();
        return now == null ? 0 : now.number();
    }

    void closeAll() {
        current.set(null);
        segments.values().forEach(Segment::close);
        segments.clear();
    }
}
