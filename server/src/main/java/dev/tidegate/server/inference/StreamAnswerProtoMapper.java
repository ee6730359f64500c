package dev.tidegate.server.inference;

import com.google.protobuf.CodedOutputStream;
import dev.tidegate.proto.inference.InferParameter;
import dev.tidegate.proto.inference.ModelInferResponse;
import dev.tidegate.proto.inference.ModelStreamInferResponse;
import java.io.IOException;
import java.io.UncheckedIOException;

/**
 * Messages of a stream. An answer is wrapped as it is, not read again: the fields of a message may
 * come in any number of pieces, so what is added stands behind it.
 */
final class StreamAnswerProtoMapper {
    private static final InferParameter YES =
            InferParameter.newBuilder().setBoolParam(true).build();

    /** Tells clients that no further answer to this request comes, as Triton does. */
    private static final byte[] FINAL =
            ModelInferResponse.newBuilder()
                    .putParameters("triton_final_response", YES)
                    .build()
                    .toByteArray();

    /**
     * Returns a ModelStreamInferResponse.
     *
     * @param response a ModelInferResponse as it goes over the wire
     */
    byte[] answer(byte[] response) {
        int inner = response.length + FINAL.length;
        int field = ModelStreamInferResponse.INFER_RESPONSE_FIELD_NUMBER;
        int head =
                CodedOutputStream.computeTagSize(field)
                        + CodedOutputStream.computeUInt32SizeNoTag(inner);
        byte[] message = new byte[head + inner];
        CodedOutputStream out = CodedOutputStream.newInstance(message);
        try {
            out.writeTag(field, 2);
            out.writeUInt32NoTag(inner);
            out.writeRawBytes(response);
            out.writeRawBytes(FINAL);
            out.checkNoSpaceLeft();
        } catch (IOException e) {
            throw new UncheckedIOException("an answer of %d bytes".formatted(inner), e);
        }
        return message;
    }

    /** Returns a ModelStreamInferResponse that says what failed, with the request's own id. */
    byte[] error(String text, String id) {
        return ModelStreamInferResponse.newBuilder()
                .setErrorMessage(text)
                .setInferResponse(
                        ModelInferResponse.newBuilder()
                                .setId(id)
                                .putParameters("triton_final_response", YES))
                .build()
                .toByteArray();
    }
}
