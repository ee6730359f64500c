package dev.tidegate.server.batch;

import dev.tidegate.proto.v1.Batch;
import dev.tidegate.proto.v1.SubmitBatchRequest;
import dev.tidegate.server.platform.error.Excerpt;
import dev.tidegate.server.platform.error.TidegateException;
import dev.tidegate.server.platform.grpc.WireTime;
import java.time.Instant;
import java.util.UUID;
import java.util.regex.Pattern;

/** Jobs as messages and back. */
final class BatchProtoMapper {
    private static final Pattern DIGEST = Pattern.compile("[0-9a-f]{64}");

    private BatchProtoMapper() {}

    static NewBatch newBatch(SubmitBatchRequest.Header header) {
        String digest = header.getInputDigest();
        if (!digest.isEmpty() && !DIGEST.matcher(digest).matches()) {
            throw TidegateException.invalid(
                    "input_digest is '%s', expected 64 lower-case hex digits"
                            .formatted(Excerpt.of(digest)));
        }
        return new NewBatch(
                header.getMutation().getRequestId(),
                header.getModel(),
                header.getVersion(),
                header.getInputName(),
                digest,
                ResultForm.of(header.getOutputForm()),
                header.getKeepColumnsList());
    }

    static UUID id(String text) {
        try {
            return UUID.fromString(text);
        } catch (IllegalArgumentException e) {
            throw TidegateException.invalid(
                    "'%s' is no id of a batch job, expected a UUID".formatted(Excerpt.of(text)));
        }
    }

    static Batch batch(BatchJob job) {
        Batch.Builder batch =
                Batch.newBuilder()
                        .setId(job.id().toString())
                        .setModel(job.model())
                        .setVersion(job.version())
                        .setState(state(job.state()))
                        .setMessage(job.message())
                        .setInputName(job.inputName())
                        .setInputDigest(job.input().digest())
                        .setInputBytes(job.input().bytes())
                        .setOutputForm(job.form().word())
                        .addAllKeepColumns(job.keep())
                        .setRows(job.progress().rows())
                        .setFailed(job.progress().failed())
                        .setProgress(job.progress().share())
                        .setSeconds(job.seconds())
                        .setAttempts(job.attempts())
                        .setSubmittedBy(job.submittedBy())
                        .setSubmittedAt(WireTime.of(job.submittedAt()));
        StoredFile output = job.output();
        if (output != null) {
            batch.setOutputDigest(output.digest()).setOutputBytes(output.bytes());
        }
        Instant startedAt = job.startedAt();
        if (startedAt != null) {
            batch.setStartedAt(WireTime.of(startedAt));
        }
        Instant endedAt = job.endedAt();
        if (endedAt != null) {
            batch.setEndedAt(WireTime.of(endedAt));
        }
        return batch.build();
    }

    private static dev.tidegate.proto.v1.BatchState state(BatchState state) {
        return switch (state) {
            case QUEUED -> dev.tidegate.proto.v1.BatchState.BATCH_STATE_QUEUED;
            case RUNNING -> dev.tidegate.proto.v1.BatchState.BATCH_STATE_RUNNING;
            case SUCCEEDED -> dev.tidegate.proto.v1.BatchState.BATCH_STATE_SUCCEEDED;
            case FAILED -> dev.tidegate.proto.v1.BatchState.BATCH_STATE_FAILED;
            case CANCELLED -> dev.tidegate.proto.v1.BatchState.BATCH_STATE_CANCELLED;
        };
    }
}
