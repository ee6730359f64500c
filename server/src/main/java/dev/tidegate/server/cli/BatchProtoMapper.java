package dev.tidegate.server.cli;

import com.google.protobuf.Timestamp;
import com.google.protobuf.util.Timestamps;
import dev.tidegate.proto.v1.Batch;
import dev.tidegate.proto.v1.BatchState;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Batch jobs as documents. */
final class BatchProtoMapper {
    private static final String PREFIX = "BATCH_STATE_";

    private BatchProtoMapper() {}

    static Document batch(Batch batch) {
        return new Document()
                .with("id", batch.getId())
                .with("model", batch.getModel())
                .with("version", batch.getVersion())
                .with("state", word(batch.getState()))
                .with("message", batch.getMessage())
                .with("input", batch.getInputName())
                .with("inputBytes", batch.getInputBytes())
                .with("inputDigest", batch.getInputDigest())
                .with("rows", batch.getRows())
                .with("failed", batch.getFailed())
                .with("progress", batch.getProgress())
                .with("seconds", batch.getSeconds())
                .with("attempts", batch.getAttempts())
                .with("outputForm", batch.getOutputForm())
                .with("outputBytes", batch.getOutputBytes())
                .with("outputDigest", batch.getOutputDigest())
                .with("keep", List.copyOf(batch.getKeepColumnsList()))
                .with("by", batch.getSubmittedBy())
                .with("submitted", instant(batch.hasSubmittedAt(), batch.getSubmittedAt()))
                .with("started", instant(batch.hasStartedAt(), batch.getStartedAt()))
                .with("ended", instant(batch.hasEndedAt(), batch.getEndedAt()));
    }

    private static String word(BatchState state) {
        return state.name().replace(PREFIX, "").toLowerCase(Locale.ROOT);
    }

    private static @Nullable Instant instant(boolean isSet, Timestamp at) {
        return isSet ? Instant.ofEpochMilli(Timestamps.toMillis(at)) : null;
    }
}
