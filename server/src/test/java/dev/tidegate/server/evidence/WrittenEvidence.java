package dev.tidegate.server.evidence;

import dev.tidegate.server.platform.storage.Database;
import dev.tidegate.server.stats.LatencyHistogram;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/** Evidence as one live replica would write it, second by second. */
public final class WrittenEvidence {
    private final Database database;
    private final UUID boot = UUID.randomUUID();
    private final Instant start = Instant.now().minusSeconds(30);
    private long sequence;

    public WrittenEvidence(Database database) {
        this.database = database;
        database.transaction(
                tx ->
                        tx.createUpdate(
                                        "insert into replica (boot, name, lease_until) values"
                                                + " (:boot, 'test', clock_timestamp() + interval '1 h')")
                                .bind("boot", boot)
                                .execute());
    }

    /** Returns the replica's boot. */
    public UUID boot() {
        return boot;
    }

    /** Writes a second without a request. */
    public void emptySecond(long lost) {
        database.transaction(tx -> batch(tx, start.plusSeconds(sequence), lost));
    }

    /** Writes a second, now. */
    public void secondOf(ArmPart... parts) {
        database.transaction(tx -> rows(tx, start.plusSeconds(sequence), parts));
    }

    private long rows(Handle tx, Instant second, ArmPart... parts) {
        long number = batch(tx, second, 0);
        for (ArmPart part : parts) {
            row(tx, number, part);
        }
        return number;
    }

    private long batch(Handle tx, Instant second, long lost) {
        sequence++;
        tx.createUpdate(
                        "insert into evidence_batch (boot, sequence, second, replica, from_segment,"
                                + " from_offset, to_segment, to_offset, events, lost, recovered) values"
                                + " (:boot, :sequence, :second, 'test', 0, :sequence - 1, 0, :sequence,"
                                + " 0, :lost, false)")
                .bind("boot", boot)
                .bind("sequence", sequence)
                .bind("second", Timestamp.from(second))
                .bind("lost", lost)
                .execute();
        return sequence;
    }

    private void row(Handle tx, long number, ArmPart part) {
        LatencyHistogram latency = new LatencyHistogram();
        UnitMarks newUnits = new UnitMarks();
        UnitMarks eventUnits = new UnitMarks();
        for (int i = 0; i < part.units; i++) {
            long unit = part.firstUnit + i;
            boolean event = i < part.failing;
            latency.add(1000 + i);
            newUnits.add(unit, (byte) (event ? 1 : 0));
            if (event) {
                eventUnits.add(unit, (byte) 1);
            }
        }
        byte[] payload =
                ArmSecondCodec.encode(
                        new ArmPayload(
                                part.units,
                                new long[] {part.failing},
                                latency,
                                newUnits,
                                eventUnits));
        tx.createUpdate(
                        "insert into evidence_row (boot, sequence, model_id, epoch, arm, version_id,"
                                + " schema, requests, errors, payload) values (:boot, :sequence, :model,"
                                + " :epoch, :arm, :version, 1, :requests, :errors, :payload)")
                .bind("boot", boot)
                .bind("sequence", number)
                .bind("model", part.modelId)
                .bind("epoch", part.epoch)
                .bind("arm", part.arm)
                .bind("version", part.versionId)
                .bind("requests", part.units)
                .bind("errors", part.failing)
                .bind("payload", payload)
                .execute();
    }

    /**
     * One arm in one second: one request of each of some units, the first of which fail.
     *
     * @param arm 1 champion, 2 candidate
     */
    public record ArmPart(
            long modelId,
            long epoch,
            int arm,
            long versionId,
            long firstUnit,
            int units,
            int failing) {}
}
