package dev.tidegate.workbench.predictionlog;

import com.google.protobuf.InvalidProtocolBufferException;
import dev.tidegate.proto.inference.ModelInferRequest;
import dev.tidegate.proto.v1.Entry;
import dev.tidegate.proto.v1.GetEntryRequest;
import dev.tidegate.proto.v1.GetEntryResponse;
import dev.tidegate.proto.v1.ListEntriesRequest;
import dev.tidegate.proto.v1.ListEntriesResponse;
import dev.tidegate.proto.v1.PredictionLogServiceGrpc;
import dev.tidegate.workbench.connection.Timestamps;
import dev.tidegate.workbench.connection.UnaryCall;
import dev.tidegate.workbench.failure.Outcome;
import dev.tidegate.workbench.tensor.Tensor;
import dev.tidegate.workbench.tensor.TensorProtoMapper;
import io.grpc.Channel;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** {@link PredictionLogGateway} over the control API. */
public final class GrpcPredictionLogGateway implements PredictionLogGateway {
    private final PredictionLogServiceGrpc.PredictionLogServiceStub stub;

    public GrpcPredictionLogGateway(Channel channel) {
        this.stub = PredictionLogServiceGrpc.newStub(channel);
    }

    @Override
    public CompletableFuture<Outcome<List<LogEntry>>> newest(String model, int limit) {
        return list(ListEntriesRequest.newBuilder().setModel(model).setLimit(limit).build());
    }

    @Override
    public CompletableFuture<Outcome<List<LogEntry>>> failures(
            String rollout, String model, String version, int limit) {
        return list(
                ListEntriesRequest.newBuilder()
                        .setRollout(rollout)
                        .setModel(model)
                        .setVersion(version)
                        .setFailed(true)
                        .setLimit(limit)
                        .build());
    }

    private CompletableFuture<Outcome<List<LogEntry>>> list(ListEntriesRequest request) {
        return UnaryCall.of(
                observer -> stub.listEntries(request, observer),
                (ListEntriesResponse answer) ->
                        answer.getEntriesList().stream()
                                .map(entry -> entry(entry, List.of()))
                                .toList());
    }

    @Override
    public CompletableFuture<Outcome<LogEntry>> find(String id) {
        GetEntryRequest request = GetEntryRequest.newBuilder().setRequestId(id).build();
        return UnaryCall.of(
                observer -> stub.getEntry(request, observer),
                (GetEntryResponse answer) ->
                        entry(answer.getEntries(0), tensors(answer.getEntries(0))));
    }

    private static LogEntry entry(Entry entry, List<Tensor> inputs) {
        return new LogEntry(
                entry.getId(),
                Timestamps.instant(entry.getAt()),
                entry.getModel(),
                entry.getRoutedVersion(),
                entry.getAnsweredVersion(),
                entry.getArm(),
                entry.getReason(),
                entry.getOutcome(),
                entry.getError(),
                entry.getTotalMicros(),
                entry.getQueueMicros(),
                entry.getComputeMicros(),
                inputs,
                entry.getRedactedList(),
                entry.getAbsent());
    }

    private static List<Tensor> tensors(Entry entry) {
        try {
            return TensorProtoMapper.inputs(ModelInferRequest.parseFrom(entry.getRequest()));
        } catch (InvalidProtocolBufferException e) {
            throw new IllegalArgumentException(
                    "Entry " + entry.getId() + " holds no Open Inference request", e);
        }
    }
}
