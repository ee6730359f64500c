package dev.tidegate.server.journal;

import jakarta.inject.Singleton;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/** The readers' offsets in the database. */
@Singleton
public final class JournalOffsets {

    /** Returns where a reader goes on; the start when it has read nothing of this boot. */
    public JournalOffset load(Handle handle, UUID boot, JournalReaderName reader) {
        return handle.createQuery(
                        "select segment, position from journal_reader where boot = :boot and reader = :reader")
                .bind("boot", boot)
                .bind("reader", reader.text())
                .map(
                        (row, context) ->
                                new JournalOffset(row.getLong("segment"), row.getLong("position")))
                .findOne()
                .orElse(JournalOffset.START);
    }

    /**
     * Moves a reader over a stretch, in the transaction that delivers it.
     *
     * @param lost events that never reach this reader, since the last call
     * @throws StretchDeliveredException when the reader no longer is where the stretch begins: an
     *     earlier transaction, whose answer was lost, has delivered it
     */
    public void advance(
            Handle tx, UUID boot, JournalReaderName reader, JournalStretch stretch, long lost) {
        int moved =
                tx.createUpdate(
                                "insert into journal_reader as r (boot, reader, segment, position, lost)"
                                        + " values (:boot, :reader, :segment, :position, :lost)"
                                        + " on conflict (boot, reader) do update"
                                        + " set segment = excluded.segment, position = excluded.position,"
                                        + " lost = r.lost + excluded.lost"
                                        + " where r.segment = :fromSegment and r.position = :fromPosition")
                        .bind("boot", boot)
                        .bind("reader", reader.text())
                        .bind("segment", stretch.to().segment())
                        .bind("position", stretch.to().position())
                        .bind("lost", lost)
                        .bind("fromSegment", stretch.from().segment())
                        .bind("fromPosition", stretch.from().position())
                        .execute();
        if (moved == 0) {
            throw new StretchDeliveredException(
                    "reader '%s' of boot %s is no longer at %s"
                            .formatted(reader.text(), boot, stretch.from()));
        }
    }

    /** Returns the events that never reached the reader, over all boots. */
    public long lost(Handle handle, JournalReaderName reader) {
        return handle.createQuery(
                        "select coalesce(sum(lost), 0) from journal_reader where reader = :reader")
                .bind("reader", reader.text())
                .mapTo(Long.class)
                .one();
    }
}
