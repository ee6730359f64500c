package dev.tidegate.server.predictionlog;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import com.google.protobuf.Parser;
import com.google.protobuf.util.JsonFormat;
import dev.tidegate.proto.inference.ModelInferRequest;
import dev.tidegate.proto.inference.ModelInferResponse;
import dev.tidegate.proto.v1.CountEntriesRequest;
import dev.tidegate.proto.v1.Entry;
import dev.tidegate.proto.v1.GetEntryResponse;
import dev.tidegate.proto.v1.ListEntriesRequest;
import dev.tidegate.proto.v1.ListEntriesResponse;
import dev.tidegate.server.journal.Payload;
import dev.tidegate.server.platform.error.Excerpt;
import dev.tidegate.server.platform.error.TidegateException;
import dev.tidegate.server.platform.grpc.WireTime;
import dev.tidegate.server.platform.tracing.TraceId;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;

/** Entries of the prediction log as messages. */
final class PredictionLogProtoMapper {
    private PredictionLogProtoMapper() {}

    static PredictionFilter filter(CountEntriesRequest request) {
        PredictionFilter filter = PredictionFilter.all();
        if (!request.getModel().isEmpty()) {
            filter = filter.ofModel(request.getModel());
        }
        return request.hasSince()
                ? filter.since(WireTime.instant("since", request.getSince()))
                : filter;
    }

    static PredictionFilter filter(ListEntriesRequest request) {
        PredictionFilter filter = PredictionFilter.all();
        if (!request.getModel().isEmpty()) {
            filter = filter.ofModel(request.getModel());
        }
        if (!request.getVersion().isEmpty()) {
            filter = filter.ofVersion(request.getVersion());
        }
        if (!request.getRollout().isEmpty()) {
            filter = filter.ofRollout(rollout(request.getRollout()));
        }
        return request.getFailed() ? filter.thatFailed() : filter;
    }

    private static UUID rollout(String id) {
        try {
            return UUID.fromString(id);
        } catch (IllegalArgumentException e) {
            throw TidegateException.invalid(
                    "rollout '"
                            + Excerpt.of(id)
                            + "': expected a rollout's id, a UUID such as "
                            + new UUID(0, 0));
        }
    }

    static ListEntriesResponse list(List<PredictionEntry> entries) {
        return ListEntriesResponse.newBuilder()
                .addAllEntries(
                        entries.stream()
                                .map(entry -> PredictionLogProtoMapper.entry(entry).build())
                                .toList())
                .build();
    }

    static GetEntryResponse whole(List<PredictionEntry> entries) {
        return GetEntryResponse.newBuilder()
                .addAllEntries(
                        entries.stream().map(PredictionLogProtoMapper::withMessages).toList())
                .build();
    }

    private static Entry withMessages(PredictionEntry entry) {
        Entry.Builder whole = entry(entry);
        entry.request()
                .ifPresent(
                        request ->
                                whole.setRequest(ByteString.copyFrom(request.bytes()))
                                        .setRequestJson(json(request, ModelInferRequest.parser())));
        entry.response()
                .ifPresent(
                        response ->
                                whole.setResponse(ByteString.copyFrom(response.bytes()))
                                        .setResponseJson(
                                                json(response, ModelInferResponse.parser())));
        return whole.addAllRedacted(redacted(entry)).build();
    }

    private static Set<String> redacted(PredictionEntry entry) {
        Set<String> fields = new TreeSet<>();
        entry.request()
                .filter(Payload::isRedacted)
                .map(request -> parsed(request, ModelInferRequest.parser()))
                .map(ModelInferRequest::getParametersMap)
                .ifPresent(parameters -> fields.addAll(RedactionProtoMapper.names(parameters)));
        entry.response()
                .filter(Payload::isRedacted)
                .map(response -> parsed(response, ModelInferResponse.parser()))
                .map(ModelInferResponse::getParametersMap)
                .ifPresent(parameters -> fields.addAll(RedactionProtoMapper.names(parameters)));
        return fields;
    }

    private static <T> T parsed(Payload payload, Parser<T> parser) {
        try {
            return parser.parseFrom(payload.bytes());
        } catch (InvalidProtocolBufferException e) {
            throw new UncheckedIOException("a redacted message of the log cannot be read", e);
        }
    }

    static LogSettings settings(dev.tidegate.proto.v1.LogSettings settings) {
        return new LogSettings(
                settings.getRedactedList(), settings.hasSample() ? settings.getSample() : 1);
    }

    static dev.tidegate.proto.v1.LogSettings settings(LogSettings settings) {
        return dev.tidegate.proto.v1.LogSettings.newBuilder()
                .addAllRedacted(settings.redacted())
                .setSample(settings.sample())
                .build();
    }

    private static String json(Payload payload, Parser<? extends Message> parser) {
        try {
            return payload.size() == 0
                    ? ""
                    : JsonFormat.printer()
                            .omittingInsignificantWhitespace()
                            .print(parser.parseFrom(payload.bytes()));
        } catch (InvalidProtocolBufferException e) {
            return "cannot be rendered: " + e.getMessage();
        }
    }

    private static Entry.Builder entry(PredictionEntry entry) {
        return Entry.newBuilder()
                .setId(entry.id().toString())
                .setClientId(entry.clientId())
                .setAt(WireTime.of(entry.at()))
                .setModel(entry.model())
                .setRoutedVersion(entry.routedVersion())
                .setAnsweredVersion(entry.answeredVersion())
                .setArm(entry.arm().name().toLowerCase(Locale.ROOT))
                .setReason(entry.reason().label())
                .setRouteEpoch(entry.routeEpoch())
                .setOutcome(entry.outcome().name())
                .setError(entry.error())
                .setTotalMicros(entry.totalMicros())
                .setQueueMicros(entry.queueMicros())
                .setComputeMicros(entry.computeMicros())
                .setUnitHash(Long.toHexString(entry.unitHash()))
                .setTraceId(entry.trace().map(TraceId::toString).orElse(""))
                .setAbsent(entry.absent());
    }
}
