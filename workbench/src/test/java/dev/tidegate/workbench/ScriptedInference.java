package dev.tidegate.workbench;

import dev.tidegate.proto.inference.GRPCInferenceServiceGrpc;
import dev.tidegate.proto.inference.InferParameter;
import dev.tidegate.proto.inference.InferStatistics;
import dev.tidegate.proto.inference.InferTensorContents;
import dev.tidegate.proto.inference.ModelInferRequest;
import dev.tidegate.proto.inference.ModelInferResponse;
import dev.tidegate.proto.inference.ModelStatistics;
import dev.tidegate.proto.inference.ModelStatisticsRequest;
import dev.tidegate.proto.inference.ModelStatisticsResponse;
import dev.tidegate.proto.inference.StatisticDuration;
import io.grpc.Status;
import io.grpc.stub.StreamObserver;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Answers 0.27 from v2, and refuses a tenure above 1,000 as a server does: with the column in the
 * message.
 */
public final class ScriptedInference extends GRPCInferenceServiceGrpc.GRPCInferenceServiceImplBase {
    private final List<ModelInferRequest> requests = new CopyOnWriteArrayList<>();

    private final AtomicLong statistics = new AtomicLong();
    private volatile boolean statisticsFail;

    /** Refuses to tell of times from now on. */
    public void hideStatistics() {
        statisticsFail = true;
    }

    public List<ModelInferRequest> requests() {
        return requests;
    }

    @Override
    public void modelInfer(ModelInferRequest request, StreamObserver<ModelInferResponse> observer) {
        requests.add(request);
        if (request.getInputs(0).getContents().getFp32Contents(0) > 1000) {
            observer.onError(
                    Status.INVALID_ARGUMENT
                            .withDescription(
                                    "column tenure: expected at most 1000, got "
                                            + request.getInputs(0).getContents().getFp32Contents(0))
                            .asRuntimeException());
            return;
        }
        observer.onNext(
                ModelInferResponse.newBuilder()
                        .setModelName(request.getModelName())
                        .setModelVersion("v2")
                        .putParameters("tidegate_version", text("v2"))
                        .putParameters("tidegate_arm", text("candidate"))
                        .putParameters("tidegate_reason", text("candidate"))
                        .putParameters(
                                "tidegate_prediction_id",
                                text("0198c0de-1111-7000-8000-00000000abcd"))
                        .addOutputs(
                                ModelInferResponse.InferOutputTensor.newBuilder()
                                        .setName("probability")
                                        .setDatatype("FP32")
                                        .addShape(1)
                                        .addShape(1)
                                        .setContents(
                                                InferTensorContents.newBuilder()
                                                        .addFp32Contents(0.27f)))
                        .build());
        observer.onCompleted();
    }

    @Override
    public void modelStatistics(
            ModelStatisticsRequest request, StreamObserver<ModelStatisticsResponse> observer) {
        if (statisticsFail) {
            observer.onError(
                    Status.INTERNAL
                            .withDescription("the counters cannot be read (id 4711)")
                            .asRuntimeException());
            return;
        }
        long asked = statistics.incrementAndGet();
        observer.onNext(
                ModelStatisticsResponse.newBuilder()
                        .addModelStats(statistics("v1", 90 * asked))
                        .addModelStats(statistics("v2", 10 * asked))
                        .build());
        observer.onCompleted();
    }

    /**
     * So many requests of 10 µs of reading, 20 in the queue, 300 in the graph and 5 of encoding.
     */
    private static ModelStatistics statistics(String version, long requests) {
        return ModelStatistics.newBuilder()
                .setName("churn")
                .setVersion(version)
                .setInferenceStats(
                        InferStatistics.newBuilder()
                                .setSuccess(time(requests, 335))
                                .setComputeInput(time(requests, 10))
                                .setQueue(time(requests, 20))
                                .setComputeInfer(time(requests, 300))
                                .setComputeOutput(time(requests, 5)))
                .build();
    }

    private static StatisticDuration time(long count, long micros) {
        return StatisticDuration.newBuilder().setCount(count).setNs(count * micros * 1000).build();
    }

    private static InferParameter text(String value) {
        return InferParameter.newBuilder().setStringParam(value).build();
    }
}
