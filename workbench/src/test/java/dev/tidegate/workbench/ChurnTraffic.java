package dev.tidegate.workbench;

import com.google.protobuf.ByteString;
import dev.tidegate.proto.inference.GRPCInferenceServiceGrpc;
import dev.tidegate.proto.inference.InferParameter;
import dev.tidegate.proto.inference.InferTensorContents;
import dev.tidegate.proto.inference.ModelInferRequest;
import dev.tidegate.proto.inference.ModelInferResponse;
import dev.tidegate.proto.v1.Signature;
import dev.tidegate.proto.v1.Tensor;
import io.grpc.Channel;
import io.grpc.stub.StreamObserver;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.random.RandomGenerator;

/**
 * Held-out rows of churn under many units, as an ordinary client sends them, about 200 a second.
 */
final class ChurnTraffic implements AutoCloseable {
    private static final int UNITS = 100_000;
    private static final long PERIOD_MICROS = 5_000;
    private static final int IN_FLIGHT = 64;

    private final GRPCInferenceServiceGrpc.GRPCInferenceServiceStub stub;
    private final List<ModelInferRequest> rows;
    private final RandomGenerator random = new SplittableRandom(42);
    private final AtomicLong open = new AtomicLong();
    private final AtomicLong answered = new AtomicLong();
    private final ScheduledExecutorService clock =
            Executors.newSingleThreadScheduledExecutor(
                    Thread.ofPlatform().daemon().name("churn-traffic").factory());

    private ChurnTraffic(Channel channel, List<ModelInferRequest> rows) {
        this.stub = GRPCInferenceServiceGrpc.newStub(channel);
        this.rows = rows;
    }

    static ChurnTraffic start(Channel channel, Signature signature, Path holdout)
            throws IOException {
        ChurnTraffic traffic =
                new ChurnTraffic(channel, requests(signature, Files.readAllLines(holdout)));
        var unused =
                traffic.clock.scheduleAtFixedRate(
                        traffic::send, 0, PERIOD_MICROS, TimeUnit.MICROSECONDS);
        return traffic;
    }

    long answered() {
        return answered.get();
    }

    private void send() {
        if (open.get() >= IN_FLIGHT) {
            return;
        }
        open.incrementAndGet();
        ModelInferRequest request =
                rows.get(random.nextInt(rows.size())).toBuilder()
                        .putParameters(
                                "tidegate_unit",
                                InferParameter.newBuilder()
                                        .setStringParam("customer-" + random.nextInt(UNITS))
                                        .build())
                        .build();
        stub.modelInfer(request, new Counter());
    }

    private final class Counter implements StreamObserver<ModelInferResponse> {
        @Override
        public void onNext(ModelInferResponse response) {
            answered.incrementAndGet();
        }

        @Override
        public void onError(Throwable error) {
            open.decrementAndGet();
        }

        @Override
        public void onCompleted() {
            open.decrementAndGet();
        }
    }

    private static List<ModelInferRequest> requests(Signature signature, List<String> lines) {
        List<String> names = cells(lines.getFirst());
        List<ModelInferRequest> requests = new ArrayList<>();
        for (String line : lines.subList(1, lines.size())) {
            List<String> cells = cells(line);
            Map<String, String> row = new HashMap<>();
            for (int i = 0; i < names.size(); i++) {
                row.put(names.get(i), cells.get(i));
            }
            requests.add(request(signature, row));
        }
        return requests;
    }

    private static List<String> cells(String line) {
        return List.of(line.split(",(?=(?:[^\"]*\"[^\"]*\")*[^\"]*$)", -1)).stream()
                .map(cell -> cell.replace("\"", ""))
                .toList();
    }

    private static ModelInferRequest request(Signature signature, Map<String, String> row) {
        ModelInferRequest.Builder request = ModelInferRequest.newBuilder().setModelName("churn");
        for (Tensor input : signature.getInputsList()) {
            request.addInputs(
                    ModelInferRequest.InferInputTensor.newBuilder()
                            .setName(input.getName())
                            .setDatatype(input.getDatatype())
                            .addShape(1)
                            .addShape(1)
                            .setContents(
                                    contents(
                                            input.getDatatype(),
                                            row.getOrDefault(input.getName(), ""))));
        }
        return request.build();
    }

    private static InferTensorContents contents(String datatype, String cell) {
        InferTensorContents.Builder contents = InferTensorContents.newBuilder();
        return switch (datatype) {
            case "FP32" ->
                    contents.addFp32Contents(cell.isEmpty() ? Float.NaN : Float.parseFloat(cell))
                            .build();
            case "BYTES" -> contents.addBytesContents(ByteString.copyFromUtf8(cell)).build();
            default ->
                    throw new IllegalArgumentException("Expected FP32 or BYTES, got " + datatype);
        };
    }

    @Override
    public void close() {
        clock.shutdownNow();
    }
}
