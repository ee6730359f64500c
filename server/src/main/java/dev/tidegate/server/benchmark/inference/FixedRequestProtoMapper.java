package dev.tidegate.server.benchmark.inference;

import com.google.protobuf.ByteString;
import dev.tidegate.proto.inference.ModelInferRequest;
import dev.tidegate.proto.inference.ModelInferRequest.InferInputTensor;
import java.nio.ByteBuffer;

/** The one message that every client over gRPC sends: a row of floats, raw. */
final class FixedRequestProtoMapper {
    static final String MODEL = "bench";
    private static final int FRAME_HEADER = 5;

    private FixedRequestProtoMapper() {}

    /** Returns the message as it goes on the wire. */
    static byte[] message(FixedRow row) {
        return ModelInferRequest.newBuilder()
                .setModelName(MODEL)
                .addInputs(
                        InferInputTensor.newBuilder()
                                .setName(TreeGraph.INPUT)
                                .setDatatype("FP32")
                                .addShape(1)
                                .addShape(TreeGraph.COLUMNS))
                .addRawInputContents(ByteString.copyFrom(row.raw()))
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
