package dev.tidegate.server.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.google.protobuf.ByteString;
import dev.tidegate.proto.inference.GRPCInferenceServiceGrpc;
import dev.tidegate.proto.inference.ModelInferRequest;
import dev.tidegate.proto.inference.ModelInferRequest.InferInputTensor;
import dev.tidegate.proto.inference.ModelInferResponse;
import dev.tidegate.server.inference.onnx.TestGraph;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OversizedMessageTest {
    private static final int LIMIT = 64 << 20;

    @TempDir static Path home;
    private static ServerProcess server;

    @BeforeAll
    static void start() throws Exception {
        server = ServerProcess.start(home);
        new ControlClient(server).register("1", TestGraph.plus(1), "champion");
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void refusesAGigabyteByItsHeaderAndServesOn() throws Exception {
        Status status = ClaimedMessage.send(server.channel(), 1 << 30, () -> infer(row()));
        assertThat(status.getCode()).isEqualTo(Status.Code.RESOURCE_EXHAUSTED);
        assertThat(status.getDescription())
                .contains(Integer.toString(1 << 30), Integer.toString(LIMIT));
        assertThat(infer(row()).getRawOutputContentsCount()).isOne();
    }

    @Test
    void refusesWhatReallyCameAndServesOn() {
        ModelInferRequest large =
                row().toBuilder()
                        .setRawInputContents(0, ByteString.copyFrom(new byte[LIMIT]))
                        .build();
        StatusRuntimeException refusal =
                catchThrowableOfType(StatusRuntimeException.class, () -> infer(large));
        assertThat(refusal.getStatus().getCode()).isEqualTo(Status.Code.RESOURCE_EXHAUSTED);
        assertThat(refusal.getStatus().getDescription())
                .contains(Integer.toString(large.getSerializedSize()), Integer.toString(LIMIT));
        assertThat(infer(row()).getRawOutputContentsCount()).isOne();
    }

    private static ModelInferResponse infer(ModelInferRequest request) {
        return GRPCInferenceServiceGrpc.newBlockingStub(server.channel()).modelInfer(request);
    }

    private static ModelInferRequest row() {
        return ModelInferRequest.newBuilder()
                .setModelName("m")
                .addInputs(
                        InferInputTensor.newBuilder()
                                .setName("x")
                                .setDatatype("FP32")
                                .addShape(1)
                                .addShape(1))
                .addRawInputContents(ByteString.copyFrom(new byte[4]))
                .build();
    }
}
