package dev.tidegate.server.inference.onnx.bare;

import com.google.protobuf.ByteString;
import com.google.protobuf.CodedInputStream;
import com.google.protobuf.WireFormat;
import dev.tidegate.proto.inference.ModelInferRequest;
import dev.tidegate.proto.inference.ModelInferResponse;
import dev.tidegate.proto.inference.ModelInferResponse.InferOutputTensor;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Finds the row in a message without reading the rest, and puts the score into a ready answer. */
final class TunedAnswerProtoMapper {
    private final byte[] ready;

    TunedAnswerProtoMapper(String output) {
        ready =
                ModelInferResponse.newBuilder()
                        .addOutputs(
                                InferOutputTensor.newBuilder()
                                        .setName(output)
                                        .setDatatype("FP32")
                                        .addShape(1)
                                        .addShape(1))
                        .addRawOutputContents(ByteString.copyFrom(new byte[Float.BYTES]))
                        .build()
                        .toByteArray();
    }

    /** Returns where the raw contents of the first input begin. */
    static int row(byte[] request) throws IOException {
        CodedInputStream in = CodedInputStream.newInstance(request);
        int tag = in.readTag();
        while (WireFormat.getTagFieldNumber(tag)
                != ModelInferRequest.RAW_INPUT_CONTENTS_FIELD_NUMBER) {
            if (tag == 0 || !in.skipField(tag)) {
                throw new IOException("the message has no raw contents");
            }
            tag = in.readTag();
        }
        in.readRawVarint32();
        return in.getTotalBytesRead();
    }

    byte[] answer(float score) {
        byte[] answer = ready.clone();
        ByteBuffer.wrap(answer)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putFloat(answer.length - Float.BYTES, score);
        return answer;
    }
}
