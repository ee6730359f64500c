package dev.tidegate.server.inference;

import static org.assertj.core.api.Assertions.assertThat;

import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import com.google.common.util.concurrent.ListenableFuture;
import com.google.protobuf.ByteString;
import dev.tidegate.proto.inference.GRPCInferenceServiceGrpc;
import dev.tidegate.proto.inference.ModelInferRequest;
import dev.tidegate.proto.inference.ModelInferRequest.InferInputTensor;
import dev.tidegate.proto.inference.ModelInferResponse;
import dev.tidegate.server.inference.onnx.TestGraph;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Requests that nothing makes alike but their model. */
final class ManyShapesTest {
    private static final int SHAPES = 1_000;
    private static final int TALLEST = 25;

    @TempDir private Path home;

    @Test
    void answersAThousandShapesAtATimeEachByItsOwn()
            throws InterruptedException, ExecutionException {
        try (InferenceServer server =
                InferenceServer.start(home, Map.of("tidegate.inference.queue", SHAPES))) {
            server.champion(
                    server.register("same", "1", TestGraph.identity(DataType.FLOAT, "n", "m")));
            var stub = GRPCInferenceServiceGrpc.newFutureStub(server.channel);
            List<ListenableFuture<ModelInferResponse>> answers = new ArrayList<>();
            for (int i = 0; i < SHAPES; i++) {
                answers.add(stub.modelInfer(ask(i)));
            }
            for (int i = 0; i < SHAPES; i++) {
                ModelInferResponse answer = answers.get(i).get();
                assertThat(answer.getOutputs(0).getShapeList())
                        .containsExactly(rows(i), columns(i));
                assertThat(answer.getRawOutputContents(0)).isEqualTo(values(i));
            }
        }
    }

    private static ModelInferRequest ask(int i) {
        return ModelInferRequest.newBuilder()
                .setModelName("same")
                .addInputs(
                        InferInputTensor.newBuilder()
                                .setName("x")
                                .setDatatype("FP32")
                                .addShape(rows(i))
                                .addShape(columns(i)))
                .addRawInputContents(values(i))
                .build();
    }

    private static long rows(int i) {
        return 1L + i % TALLEST;
    }

    private static long columns(int i) {
        return 1L + i / TALLEST;
    }

    private static ByteString values(int i) {
        int count = (int) (rows(i) * columns(i));
        ByteBuffer bytes = ByteBuffer.allocate(4 * count).order(ByteOrder.LITTLE_ENDIAN);
        for (int at = 0; at < count; at++) {
            bytes.putFloat(i + at / 1024f);
        }
        return ByteString.copyFrom(bytes.flip());
    }
}
