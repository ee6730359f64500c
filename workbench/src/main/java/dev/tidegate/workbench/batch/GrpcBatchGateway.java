package dev.tidegate.workbench.batch;

import com.google.protobuf.UnsafeByteOperations;
import dev.tidegate.proto.v1.BatchServiceGrpc;
import dev.tidegate.proto.v1.CancelBatchRequest;
import dev.tidegate.proto.v1.CancelBatchResponse;
import dev.tidegate.proto.v1.GetBatchResultRequest;
import dev.tidegate.proto.v1.GetBatchResultResponse;
import dev.tidegate.proto.v1.ListBatchesRequest;
import dev.tidegate.proto.v1.ListBatchesResponse;
import dev.tidegate.proto.v1.Mutation;
import dev.tidegate.proto.v1.SubmitBatchRequest;
import dev.tidegate.proto.v1.SubmitBatchResponse;
import dev.tidegate.workbench.connection.UnaryCall;
import dev.tidegate.workbench.failure.Outcome;
import dev.tidegate.workbench.failure.ServiceFailure;
import dev.tidegate.workbench.failure.StatusFailure;
import io.grpc.Channel;
import io.grpc.stub.ClientCallStreamObserver;
import io.grpc.stub.ClientResponseObserver;
import io.grpc.stub.StreamObserver;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** {@link BatchGateway} over the control API. */
public final class GrpcBatchGateway implements BatchGateway {
    private final BatchServiceGrpc.BatchServiceStub stub;

    public GrpcBatchGateway(Channel channel) {
        stub = BatchServiceGrpc.newStub(channel);
    }

    @Override
    public CompletableFuture<Outcome<List<BatchJob>>> list() {
        return UnaryCall.of(
                observer -> stub.listBatches(ListBatchesRequest.getDefaultInstance(), observer),
                (ListBatchesResponse answer) ->
                        answer.getBatchesList().stream().map(BatchProtoMapper::job).toList());
    }

    @Override
    public CompletableFuture<Outcome<BatchJob>> cancel(String id, String requestId) {
        CancelBatchRequest request =
                CancelBatchRequest.newBuilder()
                        .setMutation(Mutation.newBuilder().setRequestId(requestId))
                        .setId(id)
                        .build();
        return UnaryCall.of(
                observer -> stub.cancelBatch(request, observer),
                (CancelBatchResponse answer) -> BatchProtoMapper.job(answer.getBatch()));
    }

    @Override
    public CompletableFuture<Outcome<BatchJob>> submit(NewJob job) {
        InputStream content;
        long bytes;
        try {
            content = Files.newInputStream(job.file());
            bytes = Files.size(job.file());
        } catch (IOException e) {
            return CompletableFuture.completedFuture(unreadable(job.file(), e));
        }
        CompletableFuture<Outcome<BatchJob>> done =
                UnaryCall.of(
                        (StreamObserver<SubmitBatchResponse> observer) ->
                                stub.submitBatch(
                                        new Upload(
                                                observer,
                                                BatchProtoMapper.header(job, bytes),
                                                content)),
                        answer -> BatchProtoMapper.job(answer.getBatch()));
        return done.whenComplete((_, _) -> closeQuietly(content));
    }

    private static <T> Outcome<T> unreadable(Path file, IOException e) {
        return new Outcome.Failed<>(
                new ServiceFailure.Invalid(
                        file + " cannot be read: " + e.getMessage(), Optional.empty()));
    }

    private static void closeQuietly(InputStream content) {
        try {
            content.close();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException("A file that was sent cannot be closed", e);
        }
    }

    @Override
    public CompletableFuture<Outcome<Path>> save(String id, Path file) {
        CompletableFuture<Outcome<Path>> done = new CompletableFuture<>();
        try {
            PartFile part = PartFile.beside(file);
            stub.getBatchResult(
                    GetBatchResultRequest.newBuilder().setId(id).build(), new Download(part, done));
        } catch (IOException e) {
            done.complete(unwritable(e));
        }
        return done;
    }

    private static Outcome<Path> unwritable(IOException e) {
        return new Outcome.Failed<>(
                new ServiceFailure.Invalid(
                        "The result cannot be written: " + e.getMessage(), Optional.empty()));
    }

    /** Sends header and file whenever the call is ready. */
    private static final class Upload
            implements ClientResponseObserver<SubmitBatchRequest, SubmitBatchResponse> {
        private final StreamObserver<SubmitBatchResponse> observer;
        private final SubmitBatchRequest header;
        private final FileUpload<SubmitBatchRequest> file;
        private boolean begun;

        Upload(
                StreamObserver<SubmitBatchResponse> observer,
                SubmitBatchRequest header,
                InputStream content) {
            this.observer = observer;
            this.header = header;
            this.file =
                    new FileUpload<>(
                            content,
                            piece ->
                                    SubmitBatchRequest.newBuilder()
                                            .setChunk(UnsafeByteOperations.unsafeWrap(piece))
                                            .build());
        }

        @Override
        public void beforeStart(ClientCallStreamObserver<SubmitBatchRequest> call) {
            call.setOnReadyHandler(
                    () -> {
                        if (!begun) {
                            begun = true;
                            call.onNext(header);
                        }
                        file.send(call);
                    });
        }

        @Override
        public void onNext(SubmitBatchResponse answer) {
            observer.onNext(answer);
        }

        @Override
        public void onError(Throwable error) {
            observer.onError(error);
        }

        @Override
        public void onCompleted() {
            observer.onCompleted();
        }
    }

    /** Writes the pieces; what is not whole goes. */
    private static final class Download implements StreamObserver<GetBatchResultResponse> {
        private final PartFile part;
        private final CompletableFuture<Outcome<Path>> done;

        Download(PartFile part, CompletableFuture<Outcome<Path>> done) {
            this.part = part;
            this.done = done;
        }

        @Override
        public void onNext(GetBatchResultResponse piece) {
            try {
                piece.getChunk().writeTo(part.out());
            } catch (IOException e) {
                throw new java.io.UncheckedIOException("The result cannot be written", e);
            }
        }

        @Override
        public void onError(Throwable error) {
            end(new Outcome.Failed<>(StatusFailure.of(error)));
        }

        @Override
        public void onCompleted() {
            Outcome<Path> saved;
            try {
                saved = new Outcome.Answered<>(part.finish());
            } catch (IOException e) {
                saved = unwritable(e);
            }
            end(saved);
        }

        private void end(Outcome<Path> outcome) {
            try {
                part.close();
                done.complete(outcome);
            } catch (IOException e) {
                done.complete(unwritable(e));
            }
        }
    }
}
