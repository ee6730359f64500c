package dev.tidegate.server.journal;

import jakarta.inject.Singleton;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/** The boots whose journals this installation has seen. */
@Singleton
public final class JournalBoots {

    void opened(Handle tx, UUID boot, String place) {
        tx.createUpdate(
                        "insert into journal_boot (boot, place) values (:boot, :place)"
                                + " on conflict (boot) do nothing")
                .bind("boot", boot)
                .bind("place", place)
                .execute();
    }

    void drained(Handle tx, UUID boot) {
        tx.createUpdate("update journal_boot set drained_at = clock_timestamp() where boot = :boot")
                .bind("boot", boot)
                .execute();
    }

    /** Marks boots whose journals should lie in the place, and do not, as gaps. */
    List<UUID> missing(Handle tx, String place, Collection<UUID> present) {
        return tx.createQuery(
                        "update journal_boot set lost_at = clock_timestamp()"
                                + " where place = :place and drained_at is null and lost_at is null"
                                + " and boot <> all (:present) returning boot")
                .bind("place", place)
                .bindArray("present", UUID.class, present.toArray())
                .mapTo(UUID.class)
                .list();
    }

    /** Returns the boots whose journals were gone before they were delivered. */
    public List<UUID> gaps(Handle handle) {
        return handle.createQuery(
                        "select boot from journal_boot where lost_at is not null order by started_at")
                .mapTo(UUID.class)
                .list();
    }
}
