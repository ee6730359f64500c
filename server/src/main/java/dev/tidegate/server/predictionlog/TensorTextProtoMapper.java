package dev.tidegate.server.predictionlog;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import dev.tidegate.proto.inference.InferTensorContents;
import dev.tidegate.proto.inference.ModelInferRequest;
import dev.tidegate.proto.inference.ModelInferRequest.InferInputTensor;
import dev.tidegate.proto.inference.ModelInferResponse;
import dev.tidegate.proto.inference.ModelInferResponse.InferOutputTensor;
import dev.tidegate.server.journal.Payload;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.jspecify.annotations.Nullable;

/**
 * Tensors as JSON for people who query them: an object with a flat list of elements for each name,
 * in the order of the rows. Not-a-number, infinities and texts that are not UTF-8 are null.
 */
final class TensorTextProtoMapper {
    private static final JsonFactory JSON = new JsonFactory();

    private final StringWriter text = new StringWriter();
    private final JsonGenerator json;

    private TensorTextProtoMapper() throws IOException {
        json = JSON.createGenerator(text);
        json.writeStartObject();
    }

    /** Returns the inputs, null when the message is not here or is none. */
    static @Nullable String inputs(Payload request) {
        if (!request.isWhole() || request.size() == 0) {
            return null;
        }
        try {
            ModelInferRequest message = ModelInferRequest.parseFrom(request.bytes());
            TensorTextProtoMapper mapper = new TensorTextProtoMapper();
            for (int i = 0; i < message.getInputsCount(); i++) {
                InferInputTensor input = message.getInputs(i);
                mapper.json.writeArrayFieldStart(input.getName());
                if (i < message.getRawInputContentsCount()) {
                    mapper.raw(input.getDatatype(), message.getRawInputContents(i));
                } else {
                    mapper.typed(input.getContents());
                }
                mapper.json.writeEndArray();
            }
            return mapper.finished();
        } catch (InvalidProtocolBufferException | BufferUnderflowException noTensors) {
            return null;
        } catch (IOException e) {
            throw new UncheckedIOException("a text in memory cannot be written", e);
        }
    }

    /** Returns the outputs, null when the message is not here or is none. */
    static @Nullable String outputs(Payload response) {
        if (!response.isWhole() || response.size() == 0) {
            return null;
        }
        try {
            ModelInferResponse message = ModelInferResponse.parseFrom(response.bytes());
            TensorTextProtoMapper mapper = new TensorTextProtoMapper();
            for (int i = 0; i < message.getOutputsCount(); i++) {
                InferOutputTensor output = message.getOutputs(i);
                mapper.json.writeArrayFieldStart(output.getName());
                if (i < message.getRawOutputContentsCount()) {
                    mapper.raw(output.getDatatype(), message.getRawOutputContents(i));
                } else {
                    mapper.typed(output.getContents());
                }
                mapper.json.writeEndArray();
            }
            return mapper.finished();
        } catch (InvalidProtocolBufferException | BufferUnderflowException noTensors) {
            return null;
        } catch (IOException e) {
            throw new UncheckedIOException("a text in memory cannot be written", e);
        }
    }

    private String finished() throws IOException {
        json.writeEndObject();
        json.close();
        return text.toString();
    }

    private void typed(InferTensorContents contents) throws IOException {
        for (boolean element : contents.getBoolContentsList()) {
            json.writeBoolean(element);
        }
        for (int element : contents.getIntContentsList()) {
            json.writeNumber(element);
        }
        for (long element : contents.getInt64ContentsList()) {
            json.writeNumber(element);
        }
        for (int element : contents.getUintContentsList()) {
            json.writeNumber(Integer.toUnsignedLong(element));
        }
        for (long element : contents.getUint64ContentsList()) {
            json.writeNumber(Long.toUnsignedString(element));
        }
        for (float element : contents.getFp32ContentsList()) {
            number(element);
        }
        for (double element : contents.getFp64ContentsList()) {
            number(element);
        }
        for (ByteString element : contents.getBytesContentsList()) {
            text(element);
        }
    }

    private void raw(String datatype, ByteString content) throws IOException {
        ByteBuffer bytes = content.asReadOnlyByteBuffer().order(ByteOrder.LITTLE_ENDIAN);
        while (bytes.hasRemaining()) {
            switch (datatype) {
                case "BOOL" -> json.writeBoolean(bytes.get() != 0);
                case "UINT8" -> json.writeNumber(bytes.get() & 0xFF);
                case "UINT16" -> json.writeNumber(bytes.getShort() & 0xFFFF);
                case "UINT32" -> json.writeNumber(Integer.toUnsignedLong(bytes.getInt()));
                case "UINT64" -> json.writeNumber(Long.toUnsignedString(bytes.getLong()));
                case "INT8" -> json.writeNumber(bytes.get());
                case "INT16" -> json.writeNumber(bytes.getShort());
                case "INT32" -> json.writeNumber(bytes.getInt());
                case "INT64" -> json.writeNumber(bytes.getLong());
                case "FP16" -> number(Float.float16ToFloat(bytes.getShort()));
                case "BF16" -> number(Float.intBitsToFloat(bytes.getShort() << Short.SIZE));
                case "FP32" -> number(bytes.getFloat());
                case "FP64" -> number(bytes.getDouble());
                default -> text(counted(bytes));
            }
        }
    }

    /** A text comes behind its length of 4 bytes. */
    private static ByteString counted(ByteBuffer bytes) {
        int length = bytes.getInt();
        if (length < 0 || length > bytes.remaining()) {
            throw new BufferUnderflowException();
        }
        ByteString text = ByteString.copyFrom(bytes.slice(bytes.position(), length));
        bytes.position(bytes.position() + length);
        return text;
    }

    private void number(float element) throws IOException {
        if (Float.isFinite(element)) {
            json.writeNumber(element);
        } else {
            json.writeNull();
        }
    }

    private void number(double element) throws IOException {
        if (Double.isFinite(element)) {
            json.writeNumber(element);
        } else {
            json.writeNull();
        }
    }

    private void text(ByteString element) throws IOException {
        if (element.isValidUtf8()) {
            json.writeString(element.toStringUtf8());
        } else {
            json.writeNull();
        }
    }
}
