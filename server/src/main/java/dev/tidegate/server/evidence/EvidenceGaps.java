package dev.tidegate.server.evidence;

import dev.tidegate.server.platform.time.ReadableTime;
import jakarta.inject.Singleton;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;

/**
 * Lists what the evidence lacks: events that found no room in a journal, and journals that were
 * gone before they were delivered. A gap stays listed for as long as the evidence itself.
 */
@Singleton
public final class EvidenceGaps {
    private static final String LOST_EVENTS =
            "select replica, sum(lost) as lost, min(second) as since, max(second) as until"
                    + " from evidence_batch where lost > 0 and second between :from and :through"
                    + " group by replica, date_trunc('minute', second) order by since";
    private static final String LOST_JOURNALS =
            "select * from (select coalesce(p.name, b.boot::text) as replica, b.lost_at,"
                    + " coalesce((select second from evidence_batch e where e.boot = b.boot"
                    + " order by sequence desc limit 1), b.started_at) as since,"
                    + " least(b.lost_at, p.lease_until) as until"
                    + " from journal_boot b left join replica p on p.boot = b.boot"
                    + " where b.lost_at is not null) gone"
                    + " where since <= :through and greatest(since, until) >= :from order by since";

    /** Returns the gaps that touch the time, oldest first; lost events are summed by the minute. */
    public List<EvidenceGap> between(Handle handle, Instant from, Instant through) {
        List<EvidenceGap> gaps = new ArrayList<>(lostEvents(handle, from, through));
        gaps.addAll(lostJournals(handle, from, through));
        gaps.sort(Comparator.comparing(EvidenceGap::from));
        return gaps;
    }

    private static List<EvidenceGap> lostEvents(Handle handle, Instant from, Instant through) {
        return query(handle, LOST_EVENTS, from, through)
                .map(
                        (row, context) -> {
                            Instant until = row.getTimestamp("until").toInstant();
                            return new EvidenceGap(
                                    row.getTimestamp("since").toInstant(),
                                    until,
                                    until,
                                    row.getLong("lost")
                                            + " events lost by "
                                            + row.getString("replica"));
                        })
                .list();
    }

    /** Returns the journals that were gone, each a gap from what it had delivered to its end. */
    List<EvidenceGap> lostJournals(Handle handle, Instant from, Instant through) {
        return query(handle, LOST_JOURNALS, from, through)
                .map(
                        (row, context) -> {
                            Instant since = row.getTimestamp("since").toInstant();
                            Instant until = row.getTimestamp("until").toInstant();
                            return new EvidenceGap(
                                    since,
                                    until,
                                    row.getTimestamp("lost_at").toInstant(),
                                    "journal of "
                                            + row.getString("replica")
                                            + " gone: up to "
                                            + ReadableTime.of(missing(since, until))
                                            + " of evidence missing");
                        })
                .list();
    }

    /** A second that was in progress is missing too. */
    private static Duration missing(Instant since, Instant until) {
        Duration between = Duration.between(since, until);
        return Duration.ofSeconds(Math.max(1, between.toSeconds()));
    }

    private static Query query(Handle handle, String sql, Instant from, Instant through) {
        return handle.createQuery(sql)
                .bind("from", Timestamp.from(from))
                .bind("through", Timestamp.from(through));
    }
}
