package dev.tidegate.server.inference.rest;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonParser.NumberType;
import com.fasterxml.jackson.core.JsonToken;
import dev.tidegate.proto.inference.InferParameter;
import dev.tidegate.server.platform.error.Excerpt;
import dev.tidegate.server.platform.error.TidegateException;
import java.io.IOException;
import java.math.BigInteger;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;

/** Parameters as JSON: strings, numbers, truth values. */
final class ParametersProtoMapper {
    private static final BigInteger UNSIGNED_LIMIT = BigInteger.ONE.shiftLeft(64);

    /** Entries of one object. */
    private static final int MOST = 256;

    private ParametersProtoMapper() {}

    /** Returns the parameters of the object that the parser stands on. */
    static Map<String, InferParameter> read(JsonParser json, String where) throws IOException {
        JsonObject.require(json, where + "parameters");
        Map<String, InferParameter> parameters = new LinkedHashMap<>();
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            String name = json.currentName();
            json.nextToken();
            if (parameters.size() == MOST) {
                throw TidegateException.invalid(
                        "%sparameters has more than %d entries, expected at most as many"
                                .formatted(where, MOST));
            }
            if (parameters.put(name, value(json, name)) != null) {
                throw TidegateException.invalid(
                        "%sparameter '%s' came twice, expected once"
                                .formatted(where, Excerpt.of(name)));
            }
        }
        return parameters;
    }

    private static InferParameter value(JsonParser json, String name) throws IOException {
        InferParameter.Builder value = InferParameter.newBuilder();
        return switch (json.currentToken()) {
            case VALUE_STRING -> value.setStringParam(json.getText()).build();
            case VALUE_TRUE -> value.setBoolParam(true).build();
            case VALUE_FALSE -> value.setBoolParam(false).build();
            case VALUE_NUMBER_FLOAT -> value.setDoubleParam(json.getDoubleValue()).build();
            case VALUE_NUMBER_INT -> whole(json, name);
            default -> throw unfit(json, name);
        };
    }

    private static InferParameter whole(JsonParser json, String name) throws IOException {
        InferParameter.Builder value = InferParameter.newBuilder();
        if (json.getNumberType() != NumberType.BIG_INTEGER) {
            return value.setInt64Param(json.getLongValue()).build();
        }
        BigInteger big = json.getBigIntegerValue();
        if (big.signum() < 0 || big.compareTo(UNSIGNED_LIMIT) >= 0) {
            throw unfit(json, name);
        }
        return value.setUint64Param(big.longValue()).build();
    }

    private static TidegateException unfit(JsonParser json, String name) throws IOException {
        return TidegateException.invalid(
                "parameter '%s' is %s, expected a string, true, false, or a number of 64 bits"
                        .formatted(Excerpt.of(name), Excerpt.of(json.getText())));
    }

    /** Takes a truth value out of the parameters; null when it did not come. */
    static @org.jspecify.annotations.Nullable Boolean takeTruth(
            Map<String, InferParameter> parameters, String name) {
        InferParameter value = parameters.remove(name);
        if (value == null) {
            return null;
        }
        if (!value.hasBoolParam()) {
            throw TidegateException.invalid(
                    "parameter '%s' is no truth value, expected true or false".formatted(name));
        }
        return value.getBoolParam();
    }

    /** Takes a whole number out of the parameters; -1 when it did not come. */
    static long takeCount(Map<String, InferParameter> parameters, String name) {
        InferParameter value = parameters.remove(name);
        if (value == null) {
            return -1;
        }
        if (!value.hasInt64Param() || value.getInt64Param() < 0) {
            throw TidegateException.invalid(
                    "parameter '%s' is no number of bytes, expected a whole number from 0"
                            .formatted(name));
        }
        return value.getInt64Param();
    }

    static void write(JsonGenerator json, Map<String, InferParameter> parameters)
            throws IOException {
        json.writeObjectFieldStart("parameters");
        for (Map.Entry<String, InferParameter> entry : new TreeMap<>(parameters).entrySet()) {
            json.writeFieldName(entry.getKey());
            write(json, entry.getValue());
        }
        json.writeEndObject();
    }

    private static void write(JsonGenerator json, InferParameter value) throws IOException {
        switch (value.getParameterChoiceCase()) {
            case BOOL_PARAM -> json.writeBoolean(value.getBoolParam());
            case INT64_PARAM -> json.writeNumber(value.getInt64Param());
            case UINT64_PARAM -> json.writeNumber(Long.toUnsignedString(value.getUint64Param()));
            case DOUBLE_PARAM -> json.writeNumber(value.getDoubleParam());
            case STRING_PARAM -> json.writeString(value.getStringParam());
            case PARAMETERCHOICE_NOT_SET -> json.writeNull();
        }
    }
}
