package dev.tidegate.workbench;

import com.google.protobuf.ByteString;
import dev.tidegate.proto.v1.Batch;
import dev.tidegate.proto.v1.BatchServiceGrpc;
import dev.tidegate.proto.v1.BatchState;
import dev.tidegate.proto.v1.CancelBatchRequest;
import dev.tidegate.proto.v1.CancelBatchResponse;
import dev.tidegate.proto.v1.GetBatchResultRequest;
import dev.tidegate.proto.v1.GetBatchResultResponse;
import dev.tidegate.proto.v1.ListBatchesRequest;
import dev.tidegate.proto.v1.ListBatchesResponse;
import dev.tidegate.proto.v1.SubmitBatchRequest;
import dev.tidegate.proto.v1.SubmitBatchResponse;
import io.grpc.Status;
import io.grpc.stub.StreamObserver;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Batch jobs that a test moves on; the result of each is what came in. */
public final class ScriptedBatches extends BatchServiceGrpc.BatchServiceImplBase {
    private final List<Batch> jobs = new CopyOnWriteArrayList<>();
    private volatile String content = "";

    /** Adds the newest job. */
    public ScriptedBatches with(String id, BatchState state, double progress) {
        jobs.addFirst(job(id, "customers-" + id + ".csv", state, progress));
        return this;
    }

    /** Moves a job on. */
    public void move(String id, BatchState state, double progress) {
        jobs.replaceAll(
                job -> job.getId().equals(id) ? job(id, job.getInputName(), state, progress) : job);
    }

    /** The file that came last. */
    public String content() {
        return content;
    }

    public List<Batch> jobs() {
        return new ArrayList<>(jobs);
    }

    private static Batch job(String id, String input, BatchState state, double progress) {
        boolean done = state == BatchState.BATCH_STATE_SUCCEEDED;
        return Batch.newBuilder()
                .setId(id)
                .setModel("churn")
                .setVersion("v1")
                .setState(state)
                .setInputName(input)
                .setOutputForm("csv")
                .setRows((long) (100_000 * progress))
                .setFailed(3)
                .setProgress(progress)
                .setSeconds(4.2)
                .setOutputDigest(done ? "ab".repeat(32) : "")
                .setSubmittedBy("eva")
                .setSubmittedAt(ScriptedServer.timestamp(Instant.now()))
                .build();
    }

    @Override
    public void listBatches(
            ListBatchesRequest request, StreamObserver<ListBatchesResponse> observer) {
        observer.onNext(ListBatchesResponse.newBuilder().addAllBatches(jobs).build());
        observer.onCompleted();
    }

    @Override
    public void cancelBatch(
            CancelBatchRequest request, StreamObserver<CancelBatchResponse> observer) {
        move(request.getId(), BatchState.BATCH_STATE_CANCELLED, 0.5);
        Batch cancelled =
                jobs.stream()
                        .filter(job -> job.getId().equals(request.getId()))
                        .findFirst()
                        .orElseThrow();
        observer.onNext(CancelBatchResponse.newBuilder().setBatch(cancelled).build());
        observer.onCompleted();
    }

    @Override
    public void getBatchResult(
            GetBatchResultRequest request, StreamObserver<GetBatchResultResponse> observer) {
        if (request.getId().equals("torn")) {
            observer.onNext(piece("half of "));
            observer.onError(Status.UNAVAILABLE.withDescription("gone").asRuntimeException());
            return;
        }
        observer.onNext(piece("result of "));
        observer.onNext(piece(request.getId()));
        observer.onCompleted();
    }

    private static GetBatchResultResponse piece(String text) {
        return GetBatchResultResponse.newBuilder().setChunk(ByteString.copyFromUtf8(text)).build();
    }

    @Override
    public StreamObserver<SubmitBatchRequest> submitBatch(
            StreamObserver<SubmitBatchResponse> observer) {
        return new StreamObserver<>() {
            private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            private SubmitBatchRequest.Header header =
                    SubmitBatchRequest.Header.getDefaultInstance();

            @Override
            public void onNext(SubmitBatchRequest part) {
                if (part.hasHeader()) {
                    header = part.getHeader();
                    return;
                }
                try {
                    part.getChunk().writeTo(bytes);
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            }

            @Override
            public void onError(Throwable error) {}

            @Override
            public void onCompleted() {
                if (header.getKeepColumnsList().contains("nothing")) {
                    observer.onError(
                            Status.INVALID_ARGUMENT
                                    .withDescription("rows.csv has no column 'nothing' to keep")
                                    .asRuntimeException());
                    return;
                }
                content = bytes.toString(java.nio.charset.StandardCharsets.UTF_8);
                Batch job =
                        job("new", header.getInputName(), BatchState.BATCH_STATE_QUEUED, 0)
                                .toBuilder()
                                .setModel(header.getModel())
                                .addAllKeepColumns(header.getKeepColumnsList())
                                .build();
                jobs.addFirst(job);
                observer.onNext(SubmitBatchResponse.newBuilder().setBatch(job).build());
                observer.onCompleted();
            }
        };
    }
}
