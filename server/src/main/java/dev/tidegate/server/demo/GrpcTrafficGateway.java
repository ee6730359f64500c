package dev.tidegate.server.demo;

import com.google.common.util.concurrent.FutureCallback;
import com.google.common.util.concurrent.Futures;
import com.google.common.util.concurrent.MoreExecutors;
import dev.tidegate.proto.inference.GRPCInferenceServiceGrpc;
import dev.tidegate.proto.inference.InferParameter;
import dev.tidegate.proto.inference.ModelInferRequest;
import dev.tidegate.proto.inference.ModelInferResponse;
import dev.tidegate.proto.inference.ModelMetadataRequest;
import dev.tidegate.proto.inference.ModelMetadataResponse;
import dev.tidegate.proto.inference.ModelMetadataResponse.TensorMetadata;
import dev.tidegate.server.inference.row.Row;
import dev.tidegate.server.inference.row.RowProtoMapper;
import dev.tidegate.server.registry.Column;
import dev.tidegate.server.registry.ColumnKind;
import dev.tidegate.server.registry.DataType;
import dev.tidegate.server.registry.ModelSignature;
import dev.tidegate.server.registry.TensorSpec;
import io.grpc.Channel;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** An ordinary client of the Open Inference Protocol: it has no key and knows what it is told. */
final class GrpcTrafficGateway {
    private static final Duration DEADLINE = Duration.ofSeconds(5);

    private final GRPCInferenceServiceGrpc.GRPCInferenceServiceFutureStub inference;
    private final List<ModelInferRequest> requests;
    private final TallyKeeper tally;

    /** Asks what the model takes and lays the rows out for it. */
    GrpcTrafficGateway(Channel channel, String model, List<Row> rows, TallyKeeper tally) {
        ModelMetadataResponse metadata =
                GRPCInferenceServiceGrpc.newBlockingStub(channel)
                        .withDeadlineAfter(DEADLINE.toMillis(), TimeUnit.MILLISECONDS)
                        .modelMetadata(ModelMetadataRequest.newBuilder().setName(model).build());
        ModelSignature signature = signature(metadata);
        this.requests =
                rows.stream()
                        .map(row -> RowProtoMapper.request(model, "", "", signature, List.of(row)))
                        .toList();
        this.inference = GRPCInferenceServiceGrpc.newFutureStub(channel);
        this.tally = tally;
    }

    private static ModelSignature signature(ModelMetadataResponse metadata) {
        return new ModelSignature(
                metadata.getInputsList().stream().map(GrpcTrafficGateway::column).toList(),
                metadata.getInputsList().stream().map(GrpcTrafficGateway::spec).toList(),
                List.of());
    }

    private static Column column(TensorMetadata input) {
        return new Column(
                input.getName(),
                input.getDatatype().equals("BYTES") ? ColumnKind.CATEGORY : ColumnKind.NUMBER,
                input.getName(),
                0,
                true,
                List.of(),
                OptionalDouble.empty(),
                OptionalDouble.empty());
    }

    private static TensorSpec spec(TensorMetadata input) {
        return new TensorSpec(
                input.getName(), DataType.valueOf(input.getDatatype()), input.getShapeList());
    }

    /** Returns how many different rows there are to send. */
    int rows() {
        return requests.size();
    }

    /** Sends a row under a unit; the answer goes to the tally. */
    void send(int row, String unit) {
        tally.onSent();
        ModelInferRequest request =
                requests.get(row).toBuilder()
                        .putParameters(
                                "tidegate_unit",
                                InferParameter.newBuilder().setStringParam(unit).build())
                        .build();
        Futures.addCallback(
                inference
                        .withDeadlineAfter(DEADLINE.toMillis(), TimeUnit.MILLISECONDS)
                        .modelInfer(request),
                new Counted(System.nanoTime()),
                MoreExecutors.directExecutor());
    }

    private final class Counted implements FutureCallback<ModelInferResponse> {
        private final long sentAt;

        Counted(long sentAt) {
            this.sentAt = sentAt;
        }

        @Override
        public void onSuccess(@Nullable ModelInferResponse response) {
            if (response == null) {
                tally.onFailure(new IllegalStateException("an answer without a message"), sentAt);
                return;
            }
            Map<String, InferParameter> words = response.getParametersMap();
            tally.onAnswer(
                    new TrafficAnswer(
                            word(words, "tidegate_prediction_id"),
                            word(words, "tidegate_version"),
                            word(words, "tidegate_reason")),
                    sentAt);
        }

        @Override
        public void onFailure(Throwable cause) {
            tally.onFailure(cause, sentAt);
        }

        private static String word(Map<String, InferParameter> words, String name) {
            return words.getOrDefault(name, InferParameter.getDefaultInstance()).getStringParam();
        }
    }
}
