package dev.tidegate.server.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.tidegate.proto.v1.CountEntriesRequest;
import dev.tidegate.proto.v1.CountEntriesResponse;
import dev.tidegate.proto.v1.Entry;
import dev.tidegate.proto.v1.GetEntryRequest;
import dev.tidegate.proto.v1.GetLogSettingsRequest;
import dev.tidegate.proto.v1.GetLogSettingsResponse;
import dev.tidegate.proto.v1.LogSettings;
import dev.tidegate.proto.v1.PredictionLogServiceGrpc;
import dev.tidegate.proto.v1.SetLogSettingsRequest;
import dev.tidegate.proto.v1.SetLogSettingsResponse;
import dev.tidegate.server.platform.error.TidegateException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What was asked and answered. */
public final class GrpcLogGateway {
    private final PredictionLogServiceGrpc.PredictionLogServiceBlockingStub log;

    public GrpcLogGateway(ServerConnection connection) {
        log = PredictionLogServiceGrpc.newBlockingStub(connection.channel());
    }

    /**
     * Returns how many requests are logged, and how many could not be kept.
     *
     * @param model empty: of all models
     */
    public Document count(String model, Optional<Instant> since) {
        CountEntriesRequest.Builder request = CountEntriesRequest.newBuilder().setModel(model);
        since.map(ValueProtoMapper::timestamp).ifPresent(request::setSince);
        CountEntriesResponse answer = log.countEntries(request.build());
        return new Document().with("count", answer.getCount()).with("lost", answer.getLost());
    }

    /** Returns the entry of a request; earlier ones under the same client id are its repeats. */
    public Document show(String requestId) {
        List<Entry> entries =
                log.getEntry(GetEntryRequest.newBuilder().setRequestId(requestId).build())
                        .getEntriesList();
        if (entries.isEmpty()) {
            throw TidegateException.notFound(
                    "request '%s' is not in the prediction log".formatted(requestId));
        }
        return entry(entries.getFirst())
                .with("repeats", entries.stream().skip(1).map(GrpcLogGateway::entry).toList());
    }

    private static Document entry(Entry entry) {
        return new Document()
                .with("id", entry.getId())
                .with("clientId", entry.getClientId())
                .with("at", ValueProtoMapper.time(entry.hasAt(), entry.getAt()))
                .with("model", entry.getModel())
                .with("routedVersion", entry.getRoutedVersion())
                .with("answeredVersion", entry.getAnsweredVersion())
                .with("arm", entry.getArm())
                .with("reason", entry.getReason())
                .with("routeEpoch", entry.getRouteEpoch())
                .with("outcome", entry.getOutcome())
                .with("error", entry.getError())
                .with("totalMicros", entry.getTotalMicros())
                .with("queueMicros", entry.getQueueMicros())
                .with("computeMicros", entry.getComputeMicros())
                .with("unitHash", entry.getUnitHash())
                .with("traceId", entry.getTraceId())
                .with("redacted", entry.getRedactedList())
                .with("absent", entry.getAbsent())
                .with("request", tensors(entry.getRequestJson()))
                .with("response", tensors(entry.getResponseJson()));
    }

    private static @Nullable JsonNode tensors(String json) {
        try {
            return json.isEmpty() ? null : JsonMapper.builder().build().readTree(json);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("the server rendered tensors that are no JSON", e);
        }
    }

    /** Returns what is kept of a model's requests. */
    Document settings(String model) {
        GetLogSettingsResponse answer =
                log.getLogSettings(GetLogSettingsRequest.newBuilder().setModel(model).build());
        return settings(model, answer.getSettings(), answer.getRevision());
    }

    /** Where there are no settings: their revision 0 would mean any. */
    private static long expected(GetLogSettingsResponse before) {
        return before.getRevision() == 0 ? -1 : before.getRevision();
    }

    /** Changes what is kept of a model's requests; what is not named stays as it is. */
    Document changeSettings(String model, LogChange change) {
        GetLogSettingsResponse before =
                log.getLogSettings(GetLogSettingsRequest.newBuilder().setModel(model).build());
        SetLogSettingsResponse answer =
                log.setLogSettings(
                        SetLogSettingsRequest.newBuilder()
                                .setMutation(
                                        MutationProtoMapper.fresh().toBuilder()
                                                .setExpectedRevision(expected(before)))
                                .setModel(model)
                                .setSettings(
                                        LogSettings.newBuilder()
                                                .addAllRedacted(
                                                        change.redacted(
                                                                before.getSettings()
                                                                        .getRedactedList()))
                                                .setSample(
                                                        change.sample(
                                                                before.getSettings().getSample())))
                                .build());
        return settings(model, answer.getSettings(), answer.getRevision());
    }

    private static Document settings(String model, LogSettings settings, long revision) {
        return new Document()
                .with("model", model)
                .with("redacted", settings.getRedactedList())
                .with("sample", settings.getSample())
                .with("revision", revision);
    }
}
