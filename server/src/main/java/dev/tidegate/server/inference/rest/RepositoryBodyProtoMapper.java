package dev.tidegate.server.inference.rest;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.tidegate.proto.inference.ModelRepositoryParameter;
import dev.tidegate.server.platform.error.Excerpt;
import dev.tidegate.server.platform.error.TidegateException;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;

/** Bodies of the repository's calls, which may be empty. */
final class RepositoryBodyProtoMapper {
    private final JsonFactory factory;

    RepositoryBodyProtoMapper(JsonFactory factory) {
        this.factory = factory;
    }

    /** Returns whether only what is ready is asked for. */
    boolean ready(byte[] body) {
        boolean[] ready = new boolean[1];
        fields(
                body,
                (field, json) -> {
                    if (!field.equals("ready")) {
                        json.skipChildren();
                    } else if (json.currentToken() == JsonToken.VALUE_TRUE) {
                        ready[0] = true;
                    } else if (json.currentToken() != JsonToken.VALUE_FALSE) {
                        throw JsonObject.unfit(json, field, "true or false");
                    }
                });
        return ready[0];
    }

    Map<String, ModelRepositoryParameter> parameters(byte[] body) {
        Map<String, ModelRepositoryParameter> parameters = new HashMap<>();
        fields(
                body,
                (field, json) -> {
                    if (field.equals("parameters")) {
                        ParametersProtoMapper.read(json, "")
                                .forEach(
                                        (name, value) ->
                                                parameters.put(
                                                        name,
                                                        ModelRepositoryParameter.newBuilder()
                                                                .setStringParam(
                                                                        value.getStringParam())
                                                                .build()));
                    } else {
                        throw TidegateException.invalid(
                                "field '%s' is unknown, expected parameters"
                                        .formatted(Excerpt.of(field)));
                    }
                });
        return parameters;
    }

    private void fields(byte[] body, FieldReader reader) {
        if (body.length > 0) {
            JsonBody.read(factory, body, body.length, json -> fields(json, reader));
        }
    }

    private static void fields(JsonParser json, FieldReader reader) throws IOException {
        JsonObject.require(json, "the body");
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            String field = json.currentName();
            json.nextToken();
            reader.read(field, json);
        }
    }

    /** Reads the value of a field that the parser stands on. */
    @FunctionalInterface
    private interface FieldReader {
        void read(String field, JsonParser json) throws IOException;
    }
}
