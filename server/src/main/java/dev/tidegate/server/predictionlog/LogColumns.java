package dev.tidegate.server.predictionlog;

import dev.tidegate.server.journal.ArmEvent;
import dev.tidegate.server.journal.Outcome;
import dev.tidegate.server.journal.Payload;
import dev.tidegate.server.platform.duckdb.DuckDbColumn;
import dev.tidegate.server.platform.duckdb.DuckDbRows;
import dev.tidegate.server.platform.duckdb.DuckDbType;
import dev.tidegate.server.platform.tracing.TraceId;
import dev.tidegate.server.routing.RouteReason;
import dev.tidegate.server.stats.Arm;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A prediction as a row of Parquet and back, without a loss. Columns are only added, at the end;
 * docs/serving.md says what each means.
 */
final class LogColumns {
    static final List<DuckDbColumn> ALL =
            List.of(
                    column("id", DuckDbType.TEXT),
                    column("time", DuckDbType.TIME),
                    column("client_id", DuckDbType.TEXT),
                    column("model_id", DuckDbType.BIGINT),
                    column("version", DuckDbType.TEXT),
                    column("version_id", DuckDbType.BIGINT),
                    column("answered_version", DuckDbType.TEXT),
                    column("answered_version_id", DuckDbType.BIGINT),
                    column("arm", DuckDbType.TEXT),
                    column("reason", DuckDbType.TEXT),
                    column("epoch", DuckDbType.BIGINT),
                    column("in_evidence", DuckDbType.BOOLEAN),
                    column("outcome", DuckDbType.TEXT),
                    column("error", DuckDbType.TEXT),
                    column("total_micros", DuckDbType.INTEGER),
                    column("queue_micros", DuckDbType.INTEGER),
                    column("compute_micros", DuckDbType.INTEGER),
                    column("unit_hash", DuckDbType.BIGINT),
                    column("trace_id", DuckDbType.TEXT),
                    column("sampled_out", DuckDbType.BOOLEAN),
                    column("inputs", DuckDbType.TEXT),
                    column("outputs", DuckDbType.TEXT),
                    column("request_size", DuckDbType.INTEGER),
                    column("request_redacted", DuckDbType.BOOLEAN),
                    column("request_sha256", DuckDbType.BYTES),
                    column("request", DuckDbType.BYTES),
                    column("response_size", DuckDbType.INTEGER),
                    column("response_redacted", DuckDbType.BOOLEAN),
                    column("response_sha256", DuckDbType.BYTES),
                    column("response", DuckDbType.BYTES));

    private static final String LINE =
            "id, epoch_us(\"time\"), client_id, model_id, version_id, answered_version_id, arm,"
                    + " reason, epoch, in_evidence, outcome, error, total_micros, queue_micros,"
                    + " compute_micros, unit_hash, trace_id";

    /** What {@link #line} reads. */
    static final String OF_LINE =
            LINE + ", request_size, request_redacted, response_size, response_redacted";

    /** What {@link #whole} reads. */
    static final String OF_WHOLE =
            OF_LINE + ", sampled_out, request_sha256, request, response_sha256, response";

    private static final int REQUEST = 17;
    private static final int RESPONSE = 19;
    private static final int SAMPLED_OUT = 21;
    private static final int REQUEST_BYTES = 22;
    private static final int RESPONSE_BYTES = 24;

    private LogColumns() {}

    private static DuckDbColumn column(String name, DuckDbType type) {
        return new DuckDbColumn(name, type);
    }

    /** Returns the cells of a prediction by the names of its versions. */
    static @Nullable Object[] cells(ArmEvent event, String version, String answered) {
        Payload request = event.request();
        Payload response = event.response();
        TraceId trace = event.trace();
        return new @Nullable Object[] {
            event.predictionId().toString(),
            Instant.EPOCH.plus(event.timeMicros(), ChronoUnit.MICROS),
            orNull(event.clientId()),
            event.modelId(),
            version,
            event.routedVersionId(),
            orNull(answered),
            event.answeredVersionId() == 0 ? null : event.answeredVersionId(),
            event.arm().name().toLowerCase(Locale.ROOT),
            event.reason().label(),
            event.routeEpoch(),
            event.inEvidence(),
            event.outcome().name(),
            orNull(event.error()),
            event.totalMicros(),
            event.queueMicros(),
            event.computeMicros(),
            event.unitHash(),
            trace == null ? null : trace.toString(),
            request.isOmitted(),
            TensorTextProtoMapper.inputs(request),
            TensorTextProtoMapper.outputs(response),
            request.size(),
            request.isRedacted(),
            request.isDigested() ? request.bytes() : null,
            request.isWhole() ? request.bytes() : null,
            response.size(),
            response.isRedacted(),
            response.isDigested() ? response.bytes() : null,
            response.isWhole() ? response.bytes() : null
        };
    }

    private static @Nullable String orNull(String text) {
        return text.isEmpty() ? null : text;
    }

    /** Returns the prediction of a row of {@link #OF_LINE}, without messages. */
    static ArmEvent line(DuckDbRows row) {
        return event(
                row,
                marked(row, REQUEST, Payload.omitted((int) row.number(REQUEST))),
                marked(row, RESPONSE, Payload.omitted((int) row.number(RESPONSE))));
    }

    /** Returns the prediction of a row of {@link #OF_WHOLE}. */
    static ArmEvent whole(DuckDbRows row) {
        return event(
                row,
                marked(row, REQUEST, payload(row, REQUEST, REQUEST_BYTES)),
                marked(row, RESPONSE, payload(row, RESPONSE, RESPONSE_BYTES)));
    }

    private static Payload marked(DuckDbRows row, int size, Payload payload) {
        return row.isTrue(size + 1) ? payload.asRedacted() : payload;
    }

    private static Payload payload(DuckDbRows row, int size, int bytes) {
        int length = (int) row.number(size);
        if (row.isTrue(SAMPLED_OUT)) {
            return Payload.omitted(length);
        }
        byte[] digest = row.bytes(bytes);
        return digest == null
                ? Payload.whole(Objects.requireNonNull(row.bytes(bytes + 1)))
                : Payload.digest(length, digest);
    }

    private static ArmEvent event(DuckDbRows row, Payload request, Payload response) {
        String trace = row.text(16);
        return new ArmEvent(
                UUID.fromString(text(row, 0)),
                row.number(1),
                row.number(8),
                row.number(3),
                row.number(4),
                row.number(5),
                Arm.valueOf(text(row, 6).toUpperCase(Locale.ROOT)),
                RouteReason.valueOf(text(row, 7).toUpperCase(Locale.ROOT)),
                row.isTrue(9),
                row.number(15),
                Outcome.valueOf(text(row, 10)),
                (int) row.number(12),
                (int) row.number(13),
                (int) row.number(14),
                text(row, 2),
                text(row, 11),
                request,
                response,
                trace == null ? null : trace(trace));
    }

    /** Returns a text, empty where there is none. */
    private static String text(DuckDbRows row, int column) {
        return Objects.requireNonNullElse(row.text(column), "");
    }

    private static TraceId trace(String digits) {
        return new TraceId(
                HexFormat.fromHexDigitsToLong(digits, 0, 16),
                HexFormat.fromHexDigitsToLong(digits, 16, 32));
    }
}
