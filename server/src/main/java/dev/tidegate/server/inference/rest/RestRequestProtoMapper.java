package dev.tidegate.server.inference.rest;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.tidegate.proto.inference.InferParameter;
import dev.tidegate.proto.inference.ModelInferRequest;
import dev.tidegate.proto.inference.ModelInferRequest.InferRequestedOutputTensor;
import dev.tidegate.server.platform.error.Excerpt;
import dev.tidegate.server.platform.error.TidegateException;
import java.io.IOException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Bodies of REST inference requests as the messages that gRPC clients send, tensors raw. */
final class RestRequestProtoMapper {
    /** Triton's name for microseconds after which nobody waits any more. */
    private static final String TIMEOUT = "timeout";

    /** Tensors of one list, asked or given. */
    private static final int MOST = 4096;

    private final JsonFactory factory;
    private final int maxBytes;

    /**
     * @param maxBytes of the message that a body becomes
     */
    RestRequestProtoMapper(JsonFactory factory, int maxBytes) {
        this.factory = factory;
        this.maxBytes = maxBytes;
    }

    /**
     * Returns the request, or refuses what does not follow the protocol.
     *
     * @param model from the path
     * @param version from the path, empty for the server's choice
     * @param jsonLength value of the header that parts JSON from binary data, null without
     */
    RestRequest read(String model, String version, byte[] body, @Nullable String jsonLength) {
        BinaryTail tail = new BinaryTail(body, jsonLength);
        Reading reading = new Reading(body, tail);
        reading.request.setModelName(model).setModelVersion(version);
        JsonBody.read(factory, body, tail.jsonLength(), reading::read);
        tail.requireUsedUp();
        return reading.finished();
    }

    /** One body on its way. */
    private final class Reading {
        private final byte[] body;
        private final BinaryTail tail;
        private final Room room = new Room(maxBytes);
        private final ModelInferRequest.Builder request = ModelInferRequest.newBuilder();
        private final Map<String, Boolean> forms = new HashMap<>();
        private final Set<String> seen = new HashSet<>();
        private boolean binary;
        private long patience = Long.MAX_VALUE;

        Reading(byte[] body, BinaryTail tail) {
            this.body = body;
            this.tail = tail;
        }

        void read(JsonParser json) throws IOException {
            JsonObject.require(json, "the body");
            while (json.nextToken() == JsonToken.FIELD_NAME) {
                String field = json.currentName();
                json.nextToken();
                field(field, json);
            }
            if (!seen.contains("inputs")) {
                throw TidegateException.invalid("inputs is missing, expected a list of tensors");
            }
        }

        private void field(String field, JsonParser json) throws IOException {
            switch (field) {
                case "id", "parameters", "inputs", "outputs" -> {
                    if (!seen.add(field)) {
                        throw JsonObject.twice(field);
                    }
                    known(field, json);
                }
                default -> json.skipChildren();
            }
        }

        private void known(String field, JsonParser json) throws IOException {
            switch (field) {
                case "id" -> request.setId(JsonObject.text(json, field));
                case "parameters" -> parameters(json);
                case "inputs" -> {
                    JsonObject.requireList(json, field);
                    while (json.nextToken() != JsonToken.END_ARRAY) {
                        requireFew(field, request.getInputsCount());
                        InputProtoMapper.add(factory, body, json, tail, room, request);
                    }
                }
                default -> {
                    JsonObject.requireList(json, field);
                    while (json.nextToken() != JsonToken.END_ARRAY) {
                        requireFew(field, request.getOutputsCount());
                        output(json);
                    }
                }
            }
        }

        private static void requireFew(String field, int count) {
            if (count == MOST) {
                throw TidegateException.invalid(
                        "%s has more than %d entries, expected at most as many"
                                .formatted(field, MOST));
            }
        }

        private void parameters(JsonParser json) throws IOException {
            Map<String, InferParameter> given = ParametersProtoMapper.read(json, "");
            binary =
                    Boolean.TRUE.equals(
                            ParametersProtoMapper.takeTruth(given, "binary_data_output"));
            InferParameter timeout = given.get(TIMEOUT);
            if (timeout != null) {
                patience = nanos(timeout);
            }
            request.putAllParameters(given);
        }

        private static long nanos(InferParameter timeout) {
            if (!timeout.hasInt64Param() || timeout.getInt64Param() < 0) {
                throw TidegateException.invalid(
                        "parameter 'timeout' is no number of microseconds, expected a whole number from 0");
            }
            long micros = timeout.getInt64Param();
            return micros == 0 ? Long.MAX_VALUE : TimeUnit.MICROSECONDS.toNanos(micros);
        }

        private void output(JsonParser json) throws IOException {
            JsonObject.require(json, "an entry of outputs");
            @Nullable String name = null;
            Map<String, InferParameter> given = Map.of();
            while (json.nextToken() == JsonToken.FIELD_NAME) {
                String field = json.currentName();
                json.nextToken();
                switch (field) {
                    case "name" -> name = JsonObject.text(json, "name of an output");
                    case "parameters" -> given = ParametersProtoMapper.read(json, "an output: ");
                    default -> json.skipChildren();
                }
            }
            if (name == null) {
                throw TidegateException.invalid("an entry of outputs has no name, expected one");
            }
            output(name, given);
        }

        private void output(String name, Map<String, InferParameter> given) {
            if (given.containsKey("classification") || given.containsKey("shared_memory_region")) {
                throw TidegateException.unimplemented(
                        "output '%s': classification and shared memory are not served; ask for the data"
                                .formatted(Excerpt.of(name)));
            }
            if (!given.isEmpty()) {
                Boolean bytes = ParametersProtoMapper.takeTruth(given, "binary_data");
                if (bytes != null) {
                    forms.put(name, bytes);
                }
            }
            request.addOutputs(
                    InferRequestedOutputTensor.newBuilder().setName(name).putAllParameters(given));
        }

        RestRequest finished() {
            ModelInferRequest message = request.build();
            room.requireSize(message.getSerializedSize());
            return new RestRequest(message.toByteArray(), new AnswerForm(binary, forms), patience);
        }
    }
}
