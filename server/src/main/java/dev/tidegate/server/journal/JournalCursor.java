package dev.tidegate.server.journal;

import static dev.tidegate.server.journal.RecordLayout.END;

import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** One pass over the chain of records. */
final class JournalCursor {
    private final SegmentSource source;
    private final JournalOffset from;
    private final Consumer<JournalRecord> visitor;
    private final JournalRecord record = new JournalRecord();
    private long segment;
    private long position;
    private long records;
    private long bytes;
    private long torn;
    private long corrupt;

    JournalCursor(SegmentSource source, JournalOffset from, Consumer<JournalRecord> visitor) {
        this.source = source;
        this.from = from;
        this.visitor = visitor;
        segment = from.segment();
        position = from.position();
    }

    boolean isWithin(JournalBudget budget) {
        return records < budget.records() && bytes < budget.bytes();
    }

    JournalStretch stretch() {
        return new JournalStretch(
                from, new JournalOffset(segment, position), records, bytes, torn, corrupt);
    }

    /** Passes one record or one segment's end; returns false when there is nothing to pass. */
    boolean advance() {
        Segment current = source.segment(segment);
        if (current == null) {
            return skipMissing();
        }
        if (!current.isMarked()) {
            return skipBroken();
        }
        long at = Math.max(position, Segment.HEADER);
        int word = current.word(at);
        if (word == END) {
            return nextSegment();
        }
        if (word == 0) {
            return !source.isLive() && isFollowed() && skipBroken();
        }
        return word > 0 ? published(current, at, word) : claimed(current, at, -word);
    }

    private boolean published(Segment current, long at, int length) {
        if (!current.holds(at, length)) {
            return skipBroken();
        }
        if (current.isSound(at, length)) {
            visitor.accept(record.moveTo(current.memory(), at));
            records++;
            bytes += length;
        } else {
            corrupt++;
        }
        position = at + length;
        return true;
    }

    private boolean claimed(Segment current, long at, int length) {
        if (source.isLive()) {
            return false;
        }
        if (!current.holds(at, length)) {
            return skipBroken();
        }
        torn++;
        position = at + length;
        return true;
    }

    private boolean nextSegment() {
        return segment < source.newest() && enter(segment + 1);
    }

    private boolean skipMissing() {
        return segment < source.newest() && skipBroken();
    }

    /** Passes what is left of a segment whose chain cannot be followed. */
    private boolean skipBroken() {
        corrupt++;
        return enter(segment + 1);
    }

    private boolean enter(long number) {
        segment = number;
        position = 0;
        return true;
    }

    /** Whether a later segment has records, so that free space here is damage and not the end. */
    private boolean isFollowed() {
        for (long number = segment + 1; number <= source.newest(); number++) {
            @Nullable Segment later = source.segment(number);
            if (later != null && later.word(Segment.HEADER) != 0) {
                return true;
            }
        }
        return false;
    }
}
