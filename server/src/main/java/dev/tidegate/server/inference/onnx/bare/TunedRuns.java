package dev.tidegate.server.inference.onnx.bare;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.TensorInfo;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/** One thread's own session over one row of floats, input and output bound to memory once. */
final class TunedRuns implements RowScore {
    private final OrtSession session;
    private final ByteBuffer row;
    private final Map<String, OnnxTensor> inputs;
    private final FloatBuffer answer;
    private final Map<String, OnnxTensor> outputs;

    TunedRuns(OrtEnvironment environment, String file, OrtSession.SessionOptions options)
            throws OrtException {
        session = environment.createSession(file, options);
        String input = session.getInputNames().iterator().next();
        String output = session.getOutputNames().iterator().next();
        TensorInfo info =
                (TensorInfo) Objects.requireNonNull(session.getInputInfo().get(input)).getInfo();
        int columns = (int) info.getShape()[1];
        row = ByteBuffer.allocateDirect(columns * Float.BYTES).order(ByteOrder.nativeOrder());
        answer =
                ByteBuffer.allocateDirect(Float.BYTES)
                        .order(ByteOrder.nativeOrder())
                        .asFloatBuffer();
        inputs =
                Map.of(
                        input,
                        OnnxTensor.createTensor(
                                environment, row.asFloatBuffer(), new long[] {1, columns}));
        outputs = Map.of(output, OnnxTensor.createTensor(environment, answer, new long[] {1, 1}));
    }

    @Override
    public float score(ByteBuffer message, int at) throws OrtException {
        row.put(0, message, at, row.capacity());
        session.run(inputs, Set.of(), outputs).close();
        return answer.get(0);
    }
}
