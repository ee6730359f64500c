package dev.tidegate.server.journal;

import dev.tidegate.server.platform.storage.Database;
import java.util.UUID;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * One reader's way through one boot's journal.
 *
 * <p>A stretch is written together with the offset behind it in one transaction that expects the
 * offset before it. So a stretch is delivered once, whatever is retried; after any failure the
 * offset is read again from the database. Serves one thread.
 */
public final class JournalTail {
    private final Database database;
    private final JournalOffsets offsets;
    private final UUID boot;
    private final JournalReaderName name;
    private final JournalReader reader;
    private @Nullable JournalOffset known;
    private long reported;

    public JournalTail(
            Database database,
            JournalOffsets offsets,
            UUID boot,
            JournalReaderName name,
            JournalReader reader) {
        this.database = database;
        this.offsets = offsets;
        this.boot = boot;
        this.name = name;
        this.reader = reader;
    }

    /**
     * Reads the next stretch and delivers it. Where the answer to a commit is lost, losses may be
     * counted twice, never not at all.
     *
     * @param lost events that could not be appended since the boot's start; asked after the
     *     reading, so that no record is delivered ahead of a loss before it
     * @return what was delivered; empty when there was nothing new
     */
    public JournalStretch deliver(JournalBudget budget, LongSupplier lost, JournalBatch batch) {
        JournalStretch stretch = reader.read(position(), budget, batch::add);
        long lostSoFar = lost.getAsLong();
        long newlyLost = lostSoFar - reported + stretch.corrupt();
        if (stretch.isEmpty() && newlyLost == 0 && !batch.takesEmptyStretches()) {
            return stretch;
        }
        known = null;
        database.transaction(
                tx -> {
                    offsets.advance(tx, boot, name, stretch, newlyLost);
                    batch.write(tx, stretch, newlyLost);
                    return stretch;
                });
        reported = lostSoFar;
        known = stretch.to();
        return stretch;
    }

    /** Returns the offset behind what is delivered, as the database has it. */
    public JournalOffset position() {
        JournalOffset offset = known;
        if (offset == null) {
            offset = database.read(tx -> offsets.load(tx, boot, name));
            known = offset;
        }
        return offset;
    }
}
