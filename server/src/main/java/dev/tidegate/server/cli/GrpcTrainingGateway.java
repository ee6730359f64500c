package dev.tidegate.server.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.google.protobuf.Duration;
import com.google.protobuf.UnsafeByteOperations;
import dev.tidegate.proto.v1.TrainRequest;
import dev.tidegate.proto.v1.TrainResponse;
import dev.tidegate.proto.v1.TrainingProgress;
import dev.tidegate.proto.v1.TrainingServiceGrpc;
import dev.tidegate.server.retraining.Exclusion;
import dev.tidegate.server.retraining.TrainingReport;
import dev.tidegate.server.retraining.TrainingRequest;
import dev.tidegate.server.retraining.TrainingState;
import io.grpc.Status;
import io.grpc.StatusException;
import io.grpc.stub.BlockingClientCall;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.function.Consumer;

/** Has a server train and register a version. */
public final class GrpcTrainingGateway {
    private final TrainingServiceGrpc.TrainingServiceBlockingV2Stub training;

    public GrpcTrainingGateway(ServerConnection connection) {
        training = TrainingServiceGrpc.newBlockingV2Stub(connection.channel());
    }

    /**
     * Sends the data and waits for the registered version. The request's run and folder are the
     * server's own affair.
     *
     * @param aliases names to point at the new version
     */
    public TrainingReport train(
            TrainingRequest request,
            List<String> aliases,
            Consumer<dev.tidegate.server.retraining.TrainingProgress> listener)
            throws StatusException, InterruptedException {
        FileChunks.size(request.data());
        BlockingClientCall<TrainRequest, TrainResponse> call = training.train();
        new FileChunks(request.data())
                .upload(
                        call,
                        TrainRequest.newBuilder().setHeader(header(request, aliases)).build(),
                        piece ->
                                TrainRequest.newBuilder()
                                        .setChunk(UnsafeByteOperations.unsafeWrap(piece))
                                        .build());
        for (TrainResponse part = call.read(); part != null; part = call.read()) {
            switch (part.getPartCase()) {
                case PROGRESS -> listener.accept(progress(part.getProgress()));
                case RESULT -> {
                    return report(part.getResult().getSummaryJson());
                }
                case PART_NOT_SET -> throw broken("the server sent an empty part");
            }
        }
        throw broken("the server ended the training without a result");
    }

    private static TrainRequest.Header header(TrainingRequest request, List<String> aliases) {
        return TrainRequest.Header.newBuilder()
                .setMutation(MutationProtoMapper.fresh())
                .setModel(request.model())
                .setVersion(request.version().orElse(""))
                .setTarget(request.target())
                .setPositive(request.positive().orElse(""))
                .setAlgorithm(word(request.algorithm()))
                .addAllColumns(request.columns())
                .setAccept(word(request.accepted()))
                .setSeed(request.seed())
                .setBudget(Duration.newBuilder().setSeconds(request.budget().toSeconds()))
                .addAllAliases(aliases)
                .setUnknownCategory(word(request.unknownCategory()))
                .addAllExclude(request.exclusions().stream().map(Exclusion::toString).toList())
                .build();
    }

    private static String word(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }

    private static dev.tidegate.server.retraining.TrainingProgress progress(
            TrainingProgress progress) {
        return new dev.tidegate.server.retraining.TrainingProgress(
                UUID.fromString(progress.getRun()),
                TrainingState.valueOf(progress.getState()),
                progress.getMessage());
    }

    private static TrainingReport report(String json) throws StatusException {
        try {
            return JsonMapper.builder().build().readValue(json, TrainingReport.class);
        } catch (JsonProcessingException e) {
            throw broken("the training's summary cannot be read: " + e.getOriginalMessage());
        }
    }

    private static StatusException broken(String what) {
        return Status.INTERNAL.withDescription(what).asException();
    }
}
