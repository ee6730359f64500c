package dev.tidegate.server.predictionlog;

import dev.tidegate.proto.v1.CountEntriesRequest;
import dev.tidegate.proto.v1.CountEntriesResponse;
import dev.tidegate.proto.v1.GetEntryRequest;
import dev.tidegate.proto.v1.GetEntryResponse;
import dev.tidegate.proto.v1.GetLogSettingsRequest;
import dev.tidegate.proto.v1.GetLogSettingsResponse;
import dev.tidegate.proto.v1.ListEntriesRequest;
import dev.tidegate.proto.v1.ListEntriesResponse;
import dev.tidegate.proto.v1.PredictionLogServiceGrpc;
import dev.tidegate.proto.v1.SetLogSettingsRequest;
import dev.tidegate.proto.v1.SetLogSettingsResponse;
import dev.tidegate.server.identity.CurrentPrincipal;
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
    private final LogSettingsBook settings;

    PredictionLogGrpcService(PredictionLog log, LogSettingsBook settings) {
        this.log = log;
        this.settings = settings;
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

    @Override
    public void getLogSettings(
            GetLogSettingsRequest request, StreamObserver<GetLogSettingsResponse> observer) {
        Unary.answer(
                observer,
                () -> {
                    LogSettingsRow row = settings.get(request.getModel());
                    return GetLogSettingsResponse.newBuilder()
                            .setSettings(PredictionLogProtoMapper.settings(row.settings()))
                            .setRevision(row.id())
                            .build();
                });
    }

    @Override
    public void setLogSettings(
            SetLogSettingsRequest request, StreamObserver<SetLogSettingsResponse> observer) {
        Unary.answer(
                observer,
                () -> {
                    if (!request.hasSettings()) {
                        throw TidegateException.invalid(
                                "settings are missing: expected what is to be kept from now on");
                    }
                    LogSettingsRow row =
                            settings.set(
                                    request.getMutation().getRequestId(),
                                    request.getMutation().getExpectedRevision(),
                                    request.getModel(),
                                    PredictionLogProtoMapper.settings(request.getSettings()),
                                    CurrentPrincipal.get());
                    return SetLogSettingsResponse.newBuilder()
                            .setSettings(PredictionLogProtoMapper.settings(row.settings()))
                            .setRevision(row.id())
                            .build();
                });
    }
}
