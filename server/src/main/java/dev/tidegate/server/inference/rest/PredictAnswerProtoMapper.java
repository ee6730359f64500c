package dev.tidegate.server.inference.rest;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.google.protobuf.InvalidProtocolBufferException;
import dev.tidegate.proto.inference.InferParameter;
import dev.tidegate.proto.inference.ModelInferResponse;
import dev.tidegate.proto.inference.ModelInferResponse.InferOutputTensor;
import dev.tidegate.server.platform.error.TidegateException;
import dev.tidegate.server.platform.http.HttpReply;
import dev.tidegate.server.registry.DataType;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Answers of inference row by row, the prediction and its probability by name. */
final class PredictAnswerProtoMapper {
    private final JsonFactory factory;

    PredictAnswerProtoMapper(JsonFactory factory) {
        this.factory = factory;
    }

    HttpReply answer(byte[] wire, PredictRequest request, Instant at) {
        ModelInferResponse response = parsed(wire);
        List<Output> outputs = outputs(response, request.rows().size());
        return JsonReply.of(
                factory,
                200,
                json -> {
                    json.writeStartObject();
                    head(json, response, request, at);
                    rows(json, request, outputs);
                    json.writeEndObject();
                });
    }

    private static ModelInferResponse parsed(byte[] wire) {
        try {
            return ModelInferResponse.parseFrom(wire);
        } catch (InvalidProtocolBufferException e) {
            throw new UncheckedIOException("an answer of the server's own is no answer", e);
        }
    }

    private static void head(
            JsonGenerator json, ModelInferResponse response, PredictRequest request, Instant at)
            throws IOException {
        json.writeStringField("model", response.getModelName());
        json.writeStringField("version", response.getModelVersion());
        json.writeStringField("id", parameter(response, "tidegate_prediction_id"));
        json.writeStringField("time", at.toString());
        json.writeStringField("reason", parameter(response, "tidegate_reason"));
        if (request.customer() != null) {
            json.writeStringField("customer_id", request.customer());
        }
    }

    private static String parameter(ModelInferResponse response, String name) {
        return response.getParametersOrDefault(name, InferParameter.getDefaultInstance())
                .getStringParam();
    }

    private static void rows(JsonGenerator json, PredictRequest request, List<Output> outputs)
            throws IOException {
        if (request.isOne()) {
            row(json, outputs);
            return;
        }
        json.writeArrayFieldStart("predictions");
        for (int i = 0; i < request.rows().size(); i++) {
            json.writeStartObject();
            row(json, outputs);
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    private static void row(JsonGenerator json, List<Output> outputs) throws IOException {
        Optional<Output> probability = outputs.stream().filter(Output::isProbability).findFirst();
        Optional<Output> prediction =
                outputs.stream().filter(output -> !output.isProbability()).findFirst();
        if (prediction.isPresent()) {
            json.writeFieldName("prediction");
            prediction.get().peek(json);
        }
        if (probability.isPresent()) {
            json.writeFieldName("probability");
            probability.get().peek(json);
        }
        json.writeObjectFieldStart("outputs");
        for (Output output : outputs) {
            json.writeFieldName(output.name());
            output.next(json);
        }
        json.writeEndObject();
    }

    private static List<Output> outputs(ModelInferResponse response, int rows) {
        List<Output> outputs = new ArrayList<>();
        boolean isRaw = response.getRawOutputContentsCount() > 0;
        for (int i = 0; i < response.getOutputsCount(); i++) {
            InferOutputTensor tensor = response.getOutputs(i);
            ByteBuffer bytes =
                    (isRaw ? response.getRawOutputContents(i) : RestAnswerProtoMapper.raw(tensor))
                            .asReadOnlyByteBuffer()
                            .order(ByteOrder.LITTLE_ENDIAN);
            outputs.add(
                    new Output(
                            tensor.getName(),
                            DataType.valueOf(tensor.getDatatype()),
                            width(tensor, rows),
                            bytes));
        }
        return outputs;
    }

    /** Returns how many elements of the tensor belong to each row; all of them to one alone. */
    private static int width(InferOutputTensor tensor, int rows) {
        long elements = 1;
        for (long dimension : tensor.getShapeList()) {
            elements *= dimension;
        }
        if (rows > 1 && (tensor.getShapeCount() == 0 || tensor.getShape(0) != rows)) {
            throw TidegateException.invalid(
                    "output '%s' has the shape %s, which does not begin with the %d rows; ask for one row at a time"
                            .formatted(tensor.getName(), tensor.getShapeList(), rows));
        }
        return (int) (elements / rows);
    }

    /**
     * One output, row after row.
     *
     * @param width elements of a row
     * @param bytes those of the rows that are not written yet
     */
    private record Output(String name, DataType type, int width, ByteBuffer bytes) {
        boolean isProbability() {
            return name.toLowerCase(Locale.ROOT).contains("prob");
        }

        /** Writes the row that is next, and leaves it so. */
        void peek(JsonGenerator json) throws IOException {
            write(json, bytes.duplicate().order(ByteOrder.LITTLE_ENDIAN));
        }

        void next(JsonGenerator json) throws IOException {
            write(json, bytes);
        }

        private void write(JsonGenerator json, ByteBuffer from) throws IOException {
            if (width == 1) {
                ElementWriter.next(json, type, from);
                return;
            }
            json.writeStartArray();
            for (int i = 0; i < width; i++) {
                ElementWriter.next(json, type, from);
            }
            json.writeEndArray();
        }
    }
}
