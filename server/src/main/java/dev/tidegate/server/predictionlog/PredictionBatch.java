package dev.tidegate.server.predictionlog;

import dev.tidegate.server.journal.EventCodes;
import dev.tidegate.server.journal.JournalBatch;
import dev.tidegate.server.journal.JournalRecord;
import dev.tidegate.server.journal.JournalStretch;
import dev.tidegate.server.journal.Payload;
import dev.tidegate.server.journal.PredictionIds;
import java.util.TreeSet;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** Journal records as rows of the log. */
final class PredictionBatch implements JournalBatch {
    private static final int FIELDS = 23;

    private final UUID boot;
    private final PredictionCopy copy;
    private final LogPartitions partitions;
    private final boolean staged;
    private final CopyBuffer rows;
    private final TreeSet<LogHour> hours = new TreeSet<>();

    /**
     * @param rows is cleared and used until the batch is written
     * @param staged see {@link PredictionCopy#insert}
     */
    PredictionBatch(
            UUID boot,
            PredictionCopy copy,
            LogPartitions partitions,
            CopyBuffer rows,
            boolean staged) {
        rows.clear();
        this.rows = rows;
        this.boot = boot;
        this.copy = copy;
        this.partitions = partitions;
        this.staged = staged;
    }

    @Override
    public void add(JournalRecord record) {
        UUID id = record.predictionId();
        hours.add(LogHour.ofMillis(PredictionIds.millisOf(id)));
        rows.row(FIELDS).uuid(id).time(record.timeMicros()).uuid(boot).text(record.clientId());
        rows.int8(record.modelId()).int8(record.routedVersionId());
        answered(record.answeredVersionId());
        rows.int8(record.routeEpoch())
                .int2(EventCodes.of(record.arm()))
                .int2(EventCodes.of(record.reason()))
                .int2(EventCodes.of(record.outcome()))
                .bool(record.inEvidence())
                .int8(record.unitHash())
                .int4(record.totalMicros())
                .int4(record.queueMicros())
                .int4(record.computeMicros())
                .text(record.error());
        payloads(record.request(), record.response());
    }

    private void answered(long version) {
        if (version == 0) {
            rows.none();
        } else {
            rows.int8(version);
        }
    }

    private void payloads(Payload request, Payload response) {
        rows.int4(request.size()).int4(response.size());
        rows.bytea(message(request)).bytea(message(response));
        rows.bytea(digest(request)).bytea(digest(response));
    }

    private static byte @Nullable [] message(Payload payload) {
        return payload.isDigested() ? null : payload.bytes();
    }

    private static byte @Nullable [] digest(Payload payload) {
        return payload.isDigested() ? payload.bytes() : null;
    }

    @Override
    public void write(Handle tx, JournalStretch stretch, long lost) {
        if (stretch.records() == 0) {
            return;
        }
        partitions.ensure(hours);
        copy.insert(tx, rows.finished(), staged);
    }
}
