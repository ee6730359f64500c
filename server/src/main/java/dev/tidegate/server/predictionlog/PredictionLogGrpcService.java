package dev.tidegate.server.predictionlog;

import dev.tidegate.proto.v1.CountEntriesRequest;
import dev.tidegate.proto.v1.CountEntriesResponse;
import dev.tidegate.proto.v1.GetEntryRequest;
import dev.tidegate.proto.v1.GetEntryResponse;
import dev.tidegate.proto.v1.ListEntriesRequest;
import dev.tidegate.proto.v1.ListEntriesResponse;
import dev.tidegate.proto.v1.PredictionLogServiceGrpc;
import dev.tidegate.server.platform.error.Excerpt;
import dev.tidegate.server.platform.error.TidegateException;
import dev.tidegate.server.platform.grpc.Unary;
import io.grpc.stub.StreamObserver;
import jakarta.inject.Singleton;
import java.util.List;

/** The prediction log over gRPC. */
@Singleton
final class PredictionLogGrpcService extends PredictionLogServiceGrpc.PredictionLogServiceImplBase {
    private static final int DEFAULT_LIMIT = 50;
    private static final int MOST = 1000;

    private final PredictionLog log;

    PredictionLogGrpcService(PredictionLog log) {
        this.log = log;
    }

    @Override
    public void getEntry(GetEntryRequest request, StreamObserver<GetEntryResponse> observer) {
        Unary.answer(observer, () -> PredictionLogProtoMapper.whole(found(request.getRequestId())));
    }

    private List<PredictionEntry> found(String requestId) {
        if (requestId.isBlank()) {
            throw TidegateException.invalid(
                    "request_id is empty: expected the id in an answer's tidegate_prediction_id, or the"
                            + " client's own");
        }
        List<PredictionEntry> entries = log.find(requestId);
        if (entries.isEmpty()) {
            throw TidegateException.notFound(
                    "request '"
                            + Excerpt.of(requestId)
                            + "' is not in the prediction log: expected the id of a request"
                            + " within its retention");
        }
        return entries;
    }

    @Override
    public void countEntries(
            CountEntriesRequest request, StreamObserver<CountEntriesResponse> observer) {
        Unary.answer(
                observer,
                () ->
                        CountEntriesResponse.newBuilder()
                                .setCount(log.count(PredictionLogProtoMapper.filter(request)))
                                .setLost(log.lost())
                                .build());
    }

    @Override
    public void listEntries(
            ListEntriesRequest request, StreamObserver<ListEntriesResponse> observer) {
        int limit = request.getLimit() <= 0 ? DEFAULT_LIMIT : Math.min(request.getLimit(), MOST);
        Unary.answer(
                observer,
                () ->
                        PredictionLogProtoMapper.list(
                                log.list(PredictionLogProtoMapper.filter(request), limit)));
    }
}
