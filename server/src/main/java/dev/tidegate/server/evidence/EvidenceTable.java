package dev.tidegate.server.evidence;

import dev.tidegate.server.journal.JournalStretch;
import jakarta.inject.Singleton;
import java.sql.Timestamp;
import java.util.Map;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;

/** Writes batches of evidence. */
@Singleton
final class EvidenceTable {

    void insert(
            Handle tx,
            EvidenceHead head,
            JournalStretch stretch,
            long lost,
            Map<ArmKey, ArmTally> tallies) {
        long sequence = batch(tx, head, stretch, lost);
        if (!tallies.isEmpty()) {
            rows(tx, head, sequence, tallies);
        }
        tx.execute("notify evidence");
    }

    private static long batch(Handle tx, EvidenceHead head, JournalStretch stretch, long lost) {
        return tx.createQuery(
                        "insert into evidence_batch (boot, sequence, second, replica, from_segment,"
                                + " from_offset, to_segment, to_offset, events, lost, recovered) values (:boot,"
                                + " (select coalesce(max(sequence), 0) + 1 from evidence_batch where boot = :boot),"
                                + " :second, :replica, :fromSegment, :fromOffset, :toSegment, :toOffset, :events,"
                                + " :lost, :recovered) returning sequence")
                .bind("boot", head.boot())
                .bind("second", Timestamp.from(head.second()))
                .bind("replica", head.replica())
                .bind("fromSegment", stretch.from().segment())
                .bind("fromOffset", stretch.from().position())
                .bind("toSegment", stretch.to().segment())
                .bind("toOffset", stretch.to().position())
                .bind("events", stretch.records())
                .bind("lost", lost)
                .bind("recovered", head.recovered())
                .mapTo(Long.class)
                .one();
    }

    private static void rows(
            Handle tx, EvidenceHead head, long sequence, Map<ArmKey, ArmTally> tallies) {
        PreparedBatch rows =
                tx.prepareBatch(
                        "insert into evidence_row (boot, sequence, model_id, epoch, arm, version_id, schema,"
                                + " requests, errors, payload) values (:boot, :sequence, :model, :epoch, :arm,"
                                + " :version, :schema, :requests, :errors, :payload)");
        tallies.forEach(
                (key, tally) ->
                        rows.bind("boot", head.boot())
                                .bind("sequence", sequence)
                                .bind("model", key.modelId())
                                .bind("epoch", key.epoch())
                                .bind("arm", (short) key.arm())
                                .bind("version", key.versionId())
                                .bind("schema", ArmSecondCodec.SCHEMA)
                                .bind("requests", tally.requests())
                                .bind("errors", tally.errors())
                                .bind("payload", ArmSecondCodec.encode(tally.payload()))
                                .add());
        rows.execute();
    }
}
