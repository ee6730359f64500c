package dev.tidegate.server.inference.rest;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.util.ByteArrayBuilder;
import com.google.protobuf.ByteString;
import com.google.protobuf.CodedInputStream;
import dev.tidegate.proto.inference.InferTensorContents;
import dev.tidegate.proto.inference.ModelInferResponse;
import dev.tidegate.proto.inference.ModelInferResponse.InferOutputTensor;
import dev.tidegate.server.platform.http.HttpReply;
import dev.tidegate.server.registry.DataType;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Answers of inference as REST bodies: JSON, and behind it what goes as bytes. */
final class RestAnswerProtoMapper {
    private static final String BINARY = "application/octet-stream";

    private final JsonFactory factory;

    RestAnswerProtoMapper(JsonFactory factory) {
        this.factory = factory;
    }

    /** Returns the answer that a ModelInferResponse is. */
    HttpReply answer(byte[] wire, AnswerForm form) {
        try {
            CodedInputStream in = CodedInputStream.newInstance(wire);
            in.enableAliasing(true);
            return answer(ModelInferResponse.parseFrom(in), form);
        } catch (IOException e) {
            throw new UncheckedIOException("an answer in memory cannot be written as JSON", e);
        }
    }

    private HttpReply answer(ModelInferResponse response, AnswerForm form) throws IOException {
        try (ByteArrayBuilder out = new ByteArrayBuilder(512)) {
            List<ByteString> tail = new ArrayList<>();
            try (JsonGenerator json = factory.createGenerator(out)) {
                write(json, response, form, tail);
            }
            int jsonLength = out.size();
            for (ByteString bytes : tail) {
                bytes.writeTo(out);
            }
            return tail.isEmpty()
                    ? HttpReply.json(out.toByteArray())
                    : new HttpReply(
                            200,
                            BINARY,
                            out.toByteArray(),
                            Map.of(BinaryTail.HEADER, Integer.toString(jsonLength)));
        }
    }

    private static void write(
            JsonGenerator json, ModelInferResponse response, AnswerForm form, List<ByteString> tail)
            throws IOException {
        json.writeStartObject();
        json.writeStringField("model_name", response.getModelName());
        json.writeStringField("model_version", response.getModelVersion());
        if (!response.getId().isEmpty()) {
            json.writeStringField("id", response.getId());
        }
        ParametersProtoMapper.write(json, response.getParametersMap());
        json.writeArrayFieldStart("outputs");
        boolean isRaw = response.getRawOutputContentsCount() > 0;
        for (int i = 0; i < response.getOutputsCount(); i++) {
            InferOutputTensor output = response.getOutputs(i);
            ByteString raw = isRaw ? response.getRawOutputContents(i) : raw(output);
            write(json, output, raw, form, tail);
        }
        json.writeEndArray();
        json.writeEndObject();
    }

    private static void write(
            JsonGenerator json,
            InferOutputTensor output,
            ByteString raw,
            AnswerForm form,
            List<ByteString> tail)
            throws IOException {
        json.writeStartObject();
        json.writeStringField("name", output.getName());
        json.writeStringField("datatype", output.getDatatype());
        json.writeArrayFieldStart("shape");
        for (int axis = 0; axis < output.getShapeCount(); axis++) {
            json.writeNumber(output.getShape(axis));
        }
        json.writeEndArray();
        if (form.isBinary(output.getName())) {
            json.writeObjectFieldStart("parameters");
            json.writeNumberField("binary_data_size", raw.size());
            json.writeEndObject();
            tail.add(raw);
        } else {
            json.writeFieldName("data");
            ElementWriter.write(
                    json, DataType.valueOf(output.getDatatype()), raw.asReadOnlyByteBuffer());
        }
        json.writeEndObject();
    }

    /** Returns typed contents as raw ones: a model without inputs is answered typed. */
    static ByteString raw(InferOutputTensor output) {
        InferTensorContents contents = output.getContents();
        DataType type = DataType.valueOf(output.getDatatype());
        RawBytes raw = new RawBytes(Room.unlimited());
        contents.getBoolContentsList().forEach(value -> raw.addByte(value ? 1 : 0));
        contents.getIntContentsList().forEach(value -> add(raw, type, value));
        contents.getUintContentsList().forEach(value -> add(raw, type, value));
        contents.getInt64ContentsList().forEach(raw::addLong);
        contents.getUint64ContentsList().forEach(raw::addLong);
        contents.getFp32ContentsList().forEach(value -> raw.addInt(Float.floatToRawIntBits(value)));
        contents.getFp64ContentsList()
                .forEach(value -> raw.addLong(Double.doubleToRawLongBits(value)));
        contents.getBytesContentsList().forEach(value -> raw.addText(value.toByteArray()));
        return ByteString.copyFrom(raw.array(), 0, raw.size());
    }

    private static void add(RawBytes raw, DataType type, int value) {
        switch (type) {
            case INT8, UINT8 -> raw.addByte(value);
            case INT16, UINT16 -> raw.addShort(value);
            case INT32, UINT32 -> raw.addInt(value);
            case BOOL, INT64, UINT64, FP16, BF16, FP32, FP64, BYTES ->
                    throw new IllegalArgumentException(type + " does not come in 32 bits");
        }
    }
}
