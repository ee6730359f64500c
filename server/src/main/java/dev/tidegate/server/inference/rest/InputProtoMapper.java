package dev.tidegate.server.inference.rest;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.google.protobuf.ByteString;
import com.google.protobuf.UnsafeByteOperations;
import dev.tidegate.proto.inference.InferParameter;
import dev.tidegate.proto.inference.ModelInferRequest;
import dev.tidegate.proto.inference.ModelInferRequest.InferInputTensor;
import dev.tidegate.server.platform.error.Excerpt;
import dev.tidegate.server.platform.error.TidegateException;
import dev.tidegate.server.registry.DataType;
import java.io.IOException;
import java.util.Arrays;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * One input of a request. Its fields come in any order: data that come before their type or shape
 * are passed over, and read once both are known.
 */
final class InputProtoMapper {
    private static final Map<String, DataType> TYPES =
            Arrays.stream(DataType.values())
                    .collect(Collectors.toUnmodifiableMap(Enum::name, Function.identity()));

    private static final String BINARY_SIZE = "binary_data_size";

    private final JsonFactory factory;
    private final byte[] body;
    private final Room room;
    private String name = "";
    private @Nullable DataType type;
    private long @Nullable [] shape;
    private @Nullable RawBytes data;
    private @Nullable Map<String, InferParameter> parameters;
    private int passedOver = -1;
    private int passedOverEnd;
    private boolean isNamed;

    private InputProtoMapper(JsonFactory factory, byte[] body, Room room) {
        this.factory = factory;
        this.body = body;
        this.room = room;
    }

    /** Adds the input that the parser stands on. */
    static void add(
            JsonFactory factory,
            byte[] body,
            JsonParser json,
            BinaryTail tail,
            Room room,
            ModelInferRequest.Builder request)
            throws IOException {
        InputProtoMapper input = new InputProtoMapper(factory, body, room);
        input.read(json);
        input.add(tail, request);
    }

    private void read(JsonParser json) throws IOException {
        JsonObject.require(json, "an entry of inputs");
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            String field = json.currentName();
            json.nextToken();
            field(field, json);
        }
        if (!isNamed) {
            throw TidegateException.invalid("an entry of inputs has no name, expected one");
        }
    }

    private void field(String field, JsonParser json) throws IOException {
        switch (field) {
            case "name" -> {
                requireFirst(isNamed, field);
                name = JsonObject.text(json, "name of an input");
                isNamed = true;
            }
            case "datatype" -> {
                requireFirst(type != null, field);
                type = type(json);
            }
            case "shape" -> {
                requireFirst(shape != null, field);
                shape = JsonObject.shape(json, where() + "shape");
            }
            case "parameters" -> {
                requireFirst(parameters != null, field);
                parameters = ParametersProtoMapper.read(json, where());
            }
            case "data" -> {
                requireFirst(data != null || passedOver >= 0, field);
                data(json);
            }
            default -> json.skipChildren();
        }
    }

    private void requireFirst(boolean isThere, String field) {
        if (isThere) {
            throw JsonObject.twice(where() + field);
        }
    }

    private String where() {
        return isNamed ? "input '" + Excerpt.of(name) + "': " : "an input: ";
    }

    private DataType type(JsonParser json) throws IOException {
        DataType known = TYPES.get(JsonObject.text(json, where() + "datatype"));
        if (known == null) {
            throw JsonObject.unfit(
                    json, where() + "datatype", "one of " + Arrays.toString(DataType.values()));
        }
        return known;
    }

    private void data(JsonParser json) throws IOException {
        if (type != null && shape != null) {
            data = new TensorData(Excerpt.of(name), type, shape, room).read(json);
            return;
        }
        JsonObject.requireList(json, where() + "data");
        passedOver = offset(json.currentTokenLocation().getByteOffset());
        json.skipChildren();
        passedOverEnd = offset(json.currentLocation().getByteOffset());
    }

    private int offset(long at) {
        if (at < 0) {
            throw TidegateException.invalid("the body is JSON in another encoding than UTF-8");
        }
        return (int) at;
    }

    private void add(BinaryTail tail, ModelInferRequest.Builder request) throws IOException {
        DataType known = type;
        long[] dimensions = shape;
        if (known == null || dimensions == null) {
            throw TidegateException.invalid(
                    "%s%s is missing, expected name, datatype, shape and data"
                            .formatted(where(), known == null ? "datatype" : "shape"));
        }
        InferInputTensor.Builder tensor =
                InferInputTensor.newBuilder().setName(name).setDatatype(known.name());
        for (long dimension : dimensions) {
            tensor.addShape(dimension);
        }
        long binarySize = -1;
        if (parameters != null) {
            binarySize = ParametersProtoMapper.takeCount(parameters, BINARY_SIZE);
            refuseSharedMemory(parameters);
            tensor.putAllParameters(parameters);
        }
        request.addInputs(tensor);
        request.addRawInputContents(content(tail, binarySize, known, dimensions));
    }

    private void refuseSharedMemory(Map<String, InferParameter> given) {
        if (given.containsKey("shared_memory_region")) {
            throw TidegateException.unimplemented(
                    where() + "shared memory is not served; send the data with the request");
        }
    }

    private ByteString content(BinaryTail tail, long binarySize, DataType known, long[] dimensions)
            throws IOException {
        boolean hasData = data != null || passedOver >= 0;
        if (hasData == (binarySize >= 0)) {
            throw TidegateException.invalid(
                    "%s%s came, expected one of data and %s"
                            .formatted(where(), hasData ? "both" : "neither", BINARY_SIZE));
        }
        if (binarySize >= 0) {
            return UnsafeByteOperations.unsafeWrap(
                    body, tail.take(name, binarySize), (int) binarySize);
        }
        RawBytes read = data == null ? passedOver(known, dimensions) : data;
        return UnsafeByteOperations.unsafeWrap(read.array(), 0, read.size());
    }

    private RawBytes passedOver(DataType known, long[] dimensions) throws IOException {
        try (JsonParser json = factory.createParser(body, passedOver, passedOverEnd - passedOver)) {
            json.nextToken();
            return new TensorData(Excerpt.of(name), known, dimensions, room).read(json);
        }
    }
}
