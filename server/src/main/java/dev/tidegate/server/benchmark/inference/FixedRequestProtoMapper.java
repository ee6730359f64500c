package dev.tidegate.server.benchmark.inference;

import com.google.protobuf.ByteString;
import dev.tidegate.proto.inference.ModelInferRequest;
import dev.tidegate.proto.inference.ModelInferRequest.InferInputTensor;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.random.RandomGenerator;

/** The one message that every client sends: a row of floats, raw. */
final class FixedRequestProtoMapper {
    static final String MODEL = "bench";
    private static final int FRAME_HEADER = 5;

    private FixedRequestProtoMapper() {}

    /** Returns the message as it goes on the wire. */
    static byte[] message(RandomGenerator random) {
        ByteBuffer row =
                ByteBuffer.allocate(TreeGraph.COLUMNS * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        while (row.hasRemaining()) {
            row.putFloat(random.nextFloat());
        }
        return ModelInferRequest.newBuilder()
                .setModelName(MODEL)
                .addInputs(
                        InferInputTensor.newBuilder()
                                .setName(TreeGraph.INPUT)
                                .setDatatype("FP32")
                                .addShape(1)
                                .addShape(TreeGraph.COLUMNS))
                .addRawInputContents(ByteString.copyFrom(row.flip()))
                .build()
                .toByteArray();
    }

    /** Returns the message behind gRPC's header: not compressed, length big-endian. */
    static byte[] framed(byte[] message) {
        return ByteBuffer.allocate(FRAME_HEADER + message.length)
                .put((byte) 0)
                .putInt(message.length)
                .put(message)
                .array();
    }
}
