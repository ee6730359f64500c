package dev.tidegate.server.batch;

import com.google.protobuf.ByteString;
import dev.tidegate.proto.v1.BatchServiceGrpc;
import dev.tidegate.proto.v1.CancelBatchRequest;
import dev.tidegate.proto.v1.CancelBatchResponse;
import dev.tidegate.proto.v1.GetBatchRequest;
import dev.tidegate.proto.v1.GetBatchResponse;
import dev.tidegate.proto.v1.GetBatchResultRequest;
import dev.tidegate.proto.v1.GetBatchResultResponse;
import dev.tidegate.proto.v1.ListBatchesRequest;
import dev.tidegate.proto.v1.ListBatchesResponse;
import dev.tidegate.proto.v1.SubmitBatchRequest;
import dev.tidegate.proto.v1.SubmitBatchResponse;
import dev.tidegate.proto.v1.WatchBatchRequest;
import dev.tidegate.proto.v1.WatchBatchResponse;
import dev.tidegate.server.identity.CurrentPrincipal;
import dev.tidegate.server.identity.Principal;
import dev.tidegate.server.platform.grpc.ServerStream;
import dev.tidegate.server.platform.grpc.Unary;
import io.grpc.stub.StreamObserver;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;

/** Batch jobs over gRPC. */
@Singleton
final class BatchGrpcService extends BatchServiceGrpc.BatchServiceImplBase {
    private static final Duration BEAT = Duration.ofMillis(250);
    private static final int DEFAULT_LIMIT = 100;
    private static final int MOST = 1000;

    private final BatchSubmission submission;
    private final BatchCancellation cancellation;
    private final BatchResults results;
    private final BatchBook book;
    private final ServerStream streams;

    BatchGrpcService(
            BatchSubmission submission,
            BatchCancellation cancellation,
            BatchResults results,
            BatchBook book,
            ServerStream streams) {
        this.submission = submission;
        this.cancellation = cancellation;
        this.results = results;
        this.book = book;
        this.streams = streams;
    }

    @Override
    public StreamObserver<SubmitBatchRequest> submitBatch(
            StreamObserver<SubmitBatchResponse> observer) {
        return new BatchUploadGrpcService(submission, CurrentPrincipal.get(), observer);
    }

    @Override
    public void getBatch(GetBatchRequest request, StreamObserver<GetBatchResponse> observer) {
        Unary.answer(
                observer,
                () ->
                        GetBatchResponse.newBuilder()
                                .setBatch(
                                        BatchProtoMapper.batch(
                                                book.get(BatchProtoMapper.id(request.getId()))))
                                .build());
    }

    @Override
    public void listBatches(
            ListBatchesRequest request, StreamObserver<ListBatchesResponse> observer) {
        int limit = request.getLimit() <= 0 ? DEFAULT_LIMIT : Math.min(request.getLimit(), MOST);
        Unary.answer(
                observer,
                () ->
                        ListBatchesResponse.newBuilder()
                                .addAllBatches(
                                        book.list(request.getModel(), limit).stream()
                                                .map(BatchProtoMapper::batch)
                                                .toList())
                                .build());
    }

    @Override
    public void watchBatch(WatchBatchRequest request, StreamObserver<WatchBatchResponse> observer) {
        BatchWatch watch = new BatchWatch(book, BatchProtoMapper.id(request.getId()));
        streams.runToEnd(
                observer,
                BEAT,
                () ->
                        watch.news()
                                .map(
                                        job ->
                                                WatchBatchResponse.newBuilder()
                                                        .setBatch(BatchProtoMapper.batch(job))
                                                        .build()),
                message -> message.getBatch().hasEndedAt());
    }

    @Override
    public void cancelBatch(
            CancelBatchRequest request, StreamObserver<CancelBatchResponse> observer) {
        Principal by = CurrentPrincipal.get();
        Unary.answer(
                observer,
                () -> {
                    UUID id = BatchProtoMapper.id(request.getId());
                    BatchJob job =
                            cancellation.cancel(request.getMutation().getRequestId(), id, by);
                    return CancelBatchResponse.newBuilder()
                            .setBatch(BatchProtoMapper.batch(job))
                            .build();
                });
    }

    @Override
    public void getBatchResult(
            GetBatchResultRequest request, StreamObserver<GetBatchResultResponse> observer) {
        try (BatchResults.Pieces pieces = results.open(BatchProtoMapper.id(request.getId()))) {
            streams.sendAll(
                    observer,
                    () ->
                            Optional.of(pieces.next())
                                    .filter(piece -> piece.length > 0)
                                    .map(BatchGrpcService::piece));
        } catch (IOException e) {
            throw new UncheckedIOException("the result cannot be read", e);
        }
    }

    private static GetBatchResultResponse piece(byte[] bytes) {
        return GetBatchResultResponse.newBuilder().setChunk(ByteString.copyFrom(bytes)).build();
    }
}
