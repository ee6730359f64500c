package dev.tidegate.server.inference.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import dev.tidegate.server.inference.NumericTensor;
import dev.tidegate.server.inference.StringTensor;
import dev.tidegate.server.inference.Tensor;
import dev.tidegate.server.registry.ModelSignature;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class LaneTest {
    private static final int[] FIRST = {0};

    private OrtEnvironment environment;

    @BeforeEach
    void start() {
        new OnnxRuntime(new OnnxConfig(1, 0));
        environment = OrtEnvironment.getEnvironment();
    }

    @Test
    void pinsItsOutputsAgainAfterARowThatFails() throws OrtException {
        try (OrtSession session = session(TestGraph.plusThatFailsFromThree(10));
                Lane lane = lane(session)) {
            lane.run(row(1), FIRST, null);
            assertThat(lane.isPinned()).isTrue();
            assertThatThrownBy(() -> lane.run(row(7), FIRST, null))
                    .isInstanceOf(OrtException.class);
            lane.run(row(2), FIRST, null);
            assertThat(lane.isPinned()).isTrue();
        }
    }

    @Test
    void pinsNothingAnyMoreWhereShapesDependOnValues() throws OrtException {
        try (OrtSession session = session(TestGraph.nonZero());
                Lane lane = lane(session)) {
            lane.run(vector(1, 0, 2), FIRST, null);
            lane.run(vector(1, 2, 3), FIRST, null);
            assertThat(lane.isPinned()).isFalse();
            lane.run(vector(1, 2, 3), FIRST, null);
            assertThat(lane.isPinned()).isFalse();
        }
    }

    @Test
    void keepsBuffersForAFewNumbersOfRowsOnly() throws OrtException {
        try (OrtSession session = session(TestGraph.identity(DataType.STRING, "N"));
                Lane lane = lane(session)) {
            for (int rows = 1; rows <= 3 * Lane.MOST_BINDINGS; rows++) {
                String[] values = new String[rows];
                Arrays.fill(values, "a");
                lane.run(
                        RunInputs.of(new Tensor[] {new StringTensor(new long[] {rows}, values)}),
                        FIRST,
                        null);
                assertThat(lane.bindings()).isLessThanOrEqualTo(Lane.MOST_BINDINGS);
            }
        }
    }

    private OrtSession session(byte[] graph) throws OrtException {
        return environment.createSession(graph);
    }

    private Lane lane(OrtSession session) throws OrtException {
        OnnxGraph graph = OnnxGraph.of(session);
        TensorNames names =
                new TensorNames(new ModelSignature(List.of(), graph.inputs(), graph.outputs()));
        return new Lane(
                new TensorFactory(environment), session, names, new OutputPinning(names), 1 << 20);
    }

    private static RunInputs row(float x) {
        return inputs(new long[] {1, 1}, x);
    }

    private static RunInputs vector(float... values) {
        return inputs(new long[] {values.length}, values);
    }

    private static RunInputs inputs(long[] shape, float... values) {
        ByteBuffer bytes =
                ByteBuffer.allocate(values.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        for (float value : values) {
            bytes.putFloat(value);
        }
        return RunInputs.of(
                new Tensor[] {
                    new NumericTensor(
                            dev.tidegate.server.registry.DataType.FP32, shape, bytes.flip())
                });
    }
}
