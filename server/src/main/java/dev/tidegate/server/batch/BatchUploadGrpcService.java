package dev.tidegate.server.batch;

import dev.tidegate.proto.v1.SubmitBatchRequest;
import dev.tidegate.proto.v1.SubmitBatchResponse;
import dev.tidegate.server.identity.Principal;
import dev.tidegate.server.platform.error.TidegateException;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import org.jspecify.annotations.Nullable;

/** One job on its way in: a header, then the input in pieces. */
final class BatchUploadGrpcService implements StreamObserver<SubmitBatchRequest> {
    private final BatchSubmission submission;
    private final Principal principal;
    private final StreamObserver<SubmitBatchResponse> observer;
    private @Nullable NewBatch batch;
    private long announced;
    private @Nullable BatchUpload upload;

    BatchUploadGrpcService(
            BatchSubmission submission,
            Principal principal,
            StreamObserver<SubmitBatchResponse> observer) {
        this.submission = submission;
        this.principal = principal;
        this.observer = observer;
        ((ServerCallStreamObserver<SubmitBatchResponse>) observer)
                .setOnCancelHandler(this::discard);
    }

    @Override
    public void onNext(SubmitBatchRequest request) {
        try {
            switch (request.getPartCase()) {
                case HEADER -> begin(request.getHeader());
                case CHUNK -> write(request.getChunk().toByteArray());
                case PART_NOT_SET ->
                        throw TidegateException.invalid(
                                "an empty part came, expected a header or a chunk");
            }
        } catch (RuntimeException e) {
            discard();
            throw e;
        }
    }

    private void begin(SubmitBatchRequest.Header header) {
        if (batch != null) {
            throw TidegateException.invalid(
                    "a second header came, expected chunks only after the first");
        }
        NewBatch first = BatchProtoMapper.newBatch(header);
        submission.requireSize(header.getBytes());
        submission.check(first);
        submission.requireRoom(header.getBytes());
        batch = first;
        announced = header.getBytes();
        if (first.inputDigest().isEmpty()) {
            upload = submission.begin();
        }
    }

    private void write(byte[] piece) {
        BatchUpload begun = upload;
        if (begun == null) {
            throw TidegateException.invalid(
                    batch == null
                            ? "a chunk came first, expected a header"
                            : "a chunk came, expected none behind a header with input_digest");
        }
        submission.requireSize(begun.bytes() + piece.length);
        begun.write(piece);
    }

    @Override
    public void onError(Throwable cause) {
        discard();
    }

    @Override
    public void onCompleted() {
        try {
            observer.onNext(
                    SubmitBatchResponse.newBuilder()
                            .setBatch(BatchProtoMapper.batch(submit()))
                            .build());
            observer.onCompleted();
        } finally {
            discard();
        }
    }

    private BatchJob submit() {
        NewBatch header = batch;
        if (header == null) {
            throw TidegateException.invalid("no header came, expected one before the chunks");
        }
        BatchUpload whole = upload;
        if (whole == null) {
            return submission.submit(header, principal);
        }
        if (announced != 0 && announced != whole.bytes()) {
            throw TidegateException.invalid(
                    "%d bytes of input came, expected %d as the header says"
                            .formatted(whole.bytes(), announced));
        }
        return submission.submit(header, whole, principal);
    }

    private void discard() {
        BatchUpload begun = upload;
        upload = null;
        if (begun != null) {
            begun.close();
        }
    }
}
