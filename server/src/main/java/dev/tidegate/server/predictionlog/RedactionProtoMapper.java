package dev.tidegate.server.predictionlog;

import com.google.protobuf.DiscardUnknownFieldsParser;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Parser;
import dev.tidegate.proto.inference.InferParameter;
import dev.tidegate.proto.inference.ModelInferRequest;
import dev.tidegate.proto.inference.ModelInferRequest.InferInputTensor;
import dev.tidegate.proto.inference.ModelInferResponse;
import dev.tidegate.proto.inference.ModelInferResponse.InferOutputTensor;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;

/**
 * Empties redacted fields of messages and leaves shapes as they are: floating-point numbers become
 * NaN, other numbers 0, texts empty. Which fields a model's settings redact stands in the parameter
 * {@value #PARAMETER}.
 */
final class RedactionProtoMapper {
    static final String PARAMETER = "tidegate_redacted";

    private static final String BETWEEN = ", ";
    private static final Parser<ModelInferRequest> REQUESTS =
            DiscardUnknownFieldsParser.wrap(ModelInferRequest.parser());
    private static final Parser<ModelInferResponse> RESPONSES =
            DiscardUnknownFieldsParser.wrap(ModelInferResponse.parser());

    private RedactionProtoMapper() {}

    /** Returns a request that was answered or tried, without the redacted values. */
    static byte[] request(RedactedFields fields, byte[] wire) {
        ModelInferRequest.Builder message = parsed(REQUESTS, wire).toBuilder();
        for (int i = 0; i < message.getInputsCount(); i++) {
            InferInputTensor input = message.getInputs(i);
            RedactedTensor redacted = fields.input(input.getName());
            if (redacted == null) {
                continue;
            }
            BlankElementsProtoMapper blank =
                    new BlankElementsProtoMapper(
                            redacted, input.getDatatype(), input.getShapeList());
            InferInputTensor.Builder emptied = input.toBuilder().clearParameters();
            if (input.hasContents()) {
                emptied.setContents(blank.typed(input.getContents()));
            }
            message.setInputs(i, emptied);
            if (i < message.getRawInputContentsCount()) {
                message.setRawInputContents(i, blank.raw(message.getRawInputContents(i)));
            }
        }
        if (fields.isRedacted(LogSettings.UNIT)) {
            message.removeParameters(LogSettings.UNIT);
        }
        return message.putParameters(PARAMETER, names(fields)).build().toByteArray();
    }

    /** Returns an answer of this server without the redacted values. */
    static byte[] response(RedactedFields fields, byte[] wire) {
        ModelInferResponse.Builder message = parsed(RESPONSES, wire).toBuilder();
        for (int i = 0; i < message.getOutputsCount(); i++) {
            InferOutputTensor output = message.getOutputs(i);
            if (!fields.isRedacted(output.getName())) {
                continue;
            }
            BlankElementsProtoMapper blank =
                    new BlankElementsProtoMapper(
                            RedactedTensor.WHOLE, output.getDatatype(), output.getShapeList());
            if (output.hasContents()) {
                message.setOutputs(
                        i, output.toBuilder().setContents(blank.typed(output.getContents())));
            }
            if (i < message.getRawOutputContentsCount()) {
                message.setRawOutputContents(i, blank.raw(message.getRawOutputContents(i)));
            }
        }
        return message.putParameters(PARAMETER, names(fields)).build().toByteArray();
    }

    private static InferParameter names(RedactedFields fields) {
        return InferParameter.newBuilder()
                .setStringParam(String.join(BETWEEN, fields.names()))
                .build();
    }

    /** Returns what stands in the parameter of a redacted message. */
    static List<String> names(Map<String, InferParameter> parameters) {
        InferParameter names = parameters.get(PARAMETER);
        return names == null ? List.of() : List.of(names.getStringParam().split(BETWEEN, -1));
    }

    private static <T> T parsed(Parser<T> parser, byte[] wire) {
        try {
            return parser.parseFrom(wire);
        } catch (InvalidProtocolBufferException e) {
            throw new UncheckedIOException("a message that was read before cannot be read", e);
        }
    }
}
