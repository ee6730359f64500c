package dev.tidegate.server.cli;

import com.google.protobuf.UnsafeByteOperations;
import dev.tidegate.proto.v1.BatchServiceGrpc;
import dev.tidegate.proto.v1.CancelBatchRequest;
import dev.tidegate.proto.v1.GetBatchRequest;
import dev.tidegate.proto.v1.GetBatchResultRequest;
import dev.tidegate.proto.v1.GetBatchResultResponse;
import dev.tidegate.proto.v1.ListBatchesRequest;
import dev.tidegate.proto.v1.SubmitBatchRequest;
import dev.tidegate.proto.v1.SubmitBatchResponse;
import dev.tidegate.proto.v1.WatchBatchRequest;
import dev.tidegate.proto.v1.WatchBatchResponse;
import io.grpc.StatusException;
import io.grpc.stub.BlockingClientCall;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.function.Consumer;

/** A server's batch jobs. */
final class GrpcBatchGateway {
    private final BatchServiceGrpc.BatchServiceBlockingStub batches;
    private final BatchServiceGrpc.BatchServiceBlockingV2Stub uploads;

    GrpcBatchGateway(ServerConnection connection) {
        batches = BatchServiceGrpc.newBlockingStub(connection.channel());
        uploads = BatchServiceGrpc.newBlockingV2Stub(connection.channel());
    }

    /**
     * Sends a file and returns the queued job.
     *
     * @param version empty for the champion
     * @param form of the result: csv, json or parquet
     */
    Document submit(String model, String version, Path file, String form, List<String> keep)
            throws StatusException, InterruptedException {
        SubmitBatchRequest.Header header =
                SubmitBatchRequest.Header.newBuilder()
                        .setMutation(MutationProtoMapper.fresh())
                        .setModel(model)
                        .setVersion(version)
                        .setInputName(String.valueOf(file.getFileName()))
                        .setBytes(FileChunks.size(file))
                        .setOutputForm(form)
                        .addAllKeepColumns(keep)
                        .build();
        BlockingClientCall<SubmitBatchRequest, SubmitBatchResponse> call = uploads.submitBatch();
        SubmitBatchResponse answer =
                new FileChunks(file)
                        .send(
                                call,
                                SubmitBatchRequest.newBuilder().setHeader(header).build(),
                                piece ->
                                        SubmitBatchRequest.newBuilder()
                                                .setChunk(UnsafeByteOperations.unsafeWrap(piece))
                                                .build());
        return BatchProtoMapper.batch(answer.getBatch());
    }

    Document get(String id) {
        return BatchProtoMapper.batch(
                batches.getBatch(GetBatchRequest.newBuilder().setId(id).build()).getBatch());
    }

    /**
     * @param model empty for all
     */
    Document list(String model, int limit) {
        return new Document()
                .with(
                        "batches",
                        batches
                                .listBatches(
                                        ListBatchesRequest.newBuilder()
                                                .setModel(model)
                                                .setLimit(limit)
                                                .build())
                                .getBatchesList()
                                .stream()
                                .map(BatchProtoMapper::batch)
                                .toList());
    }

    /** Hands on each state of the job until it has ended. */
    void watch(String id, Consumer<Document> listener) {
        Iterator<WatchBatchResponse> states =
                batches.watchBatch(WatchBatchRequest.newBuilder().setId(id).build());
        states.forEachRemaining(state -> listener.accept(BatchProtoMapper.batch(state.getBatch())));
    }

    Document cancel(String id) {
        return BatchProtoMapper.batch(
                batches.cancelBatch(
                                CancelBatchRequest.newBuilder()
                                        .setMutation(MutationProtoMapper.fresh())
                                        .setId(id)
                                        .build())
                        .getBatch());
    }

    /** Writes the result of a job that has succeeded. */
    void result(String id, OutputStream out) throws IOException {
        Iterator<GetBatchResultResponse> pieces =
                batches.getBatchResult(GetBatchResultRequest.newBuilder().setId(id).build());
        while (pieces.hasNext()) {
            pieces.next().getChunk().writeTo(out);
        }
    }
}
