package dev.tidegate.workbench.batch;

import dev.tidegate.proto.v1.Batch;
import dev.tidegate.proto.v1.Mutation;
import dev.tidegate.proto.v1.SubmitBatchRequest;
import dev.tidegate.workbench.connection.Timestamps;

/** Jobs from messages and back. */
final class BatchProtoMapper {
    private BatchProtoMapper() {}

    static BatchJob job(Batch batch) {
        return new BatchJob(
                batch.getId(),
                batch.getModel(),
                batch.getVersion(),
                state(batch.getState()),
                batch.getMessage(),
                batch.getInputName(),
                batch.getOutputForm(),
                batch.getRows(),
                batch.getFailed(),
                batch.getProgress(),
                batch.getSeconds(),
                !batch.getOutputDigest().isEmpty(),
                batch.getSubmittedBy(),
                Timestamps.instant(batch.getSubmittedAt()));
    }

    private static BatchState state(dev.tidegate.proto.v1.BatchState state) {
        return switch (state) {
            case BATCH_STATE_QUEUED -> BatchState.QUEUED;
            case BATCH_STATE_RUNNING -> BatchState.RUNNING;
            case BATCH_STATE_SUCCEEDED -> BatchState.SUCCEEDED;
            case BATCH_STATE_FAILED -> BatchState.FAILED;
            case BATCH_STATE_CANCELLED -> BatchState.CANCELLED;
            case BATCH_STATE_UNSPECIFIED, UNRECOGNIZED -> BatchState.UNKNOWN;
        };
    }

    static SubmitBatchRequest header(NewJob job, long bytes) {
        return SubmitBatchRequest.newBuilder()
                .setHeader(
                        SubmitBatchRequest.Header.newBuilder()
                                .setMutation(Mutation.newBuilder().setRequestId(job.requestId()))
                                .setModel(job.model())
                                .setVersion(job.version())
                                .setInputName(String.valueOf(job.file().getFileName()))
                                .setBytes(bytes)
                                .setOutputForm(job.form())
                                .addAllKeepColumns(job.keep()))
                .build();
    }
}
