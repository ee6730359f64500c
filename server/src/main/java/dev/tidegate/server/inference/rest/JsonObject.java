package dev.tidegate.server.inference.rest;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.tidegate.server.platform.error.Excerpt;
import dev.tidegate.server.platform.error.TidegateException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** What is read alike wherever it stands in a body; messages begin with where that is. */
final class JsonObject {
    private static final int HIGHEST_RANK = 64;

    private JsonObject() {}

    /** Refuses what is no object. */
    static void require(JsonParser json, String what) throws IOException {
        if (json.currentToken() != JsonToken.START_OBJECT) {
            throw unfit(json, what, "an object");
        }
    }

    /** Refuses what is no list. */
    static void requireList(JsonParser json, String what) throws IOException {
        if (json.currentToken() != JsonToken.START_ARRAY) {
            throw unfit(json, what, "a list");
        }
    }

    static String text(JsonParser json, String what) throws IOException {
        if (json.currentToken() != JsonToken.VALUE_STRING) {
            throw unfit(json, what, "a string");
        }
        return json.getText();
    }

    /** Returns a list of whole numbers. */
    static long[] shape(JsonParser json, String what) throws IOException {
        requireList(json, what);
        List<Long> shape = new ArrayList<>(4);
        while (json.nextToken() != JsonToken.END_ARRAY) {
            if (json.currentToken() != JsonToken.VALUE_NUMBER_INT
                    || json.getNumberType() == JsonParser.NumberType.BIG_INTEGER) {
                throw unfit(json, what, "whole numbers");
            }
            shape.add(json.getLongValue());
            if (shape.size() > HIGHEST_RANK) {
                throw TidegateException.invalid(
                        "%s has more than %d dimensions".formatted(what, HIGHEST_RANK));
            }
        }
        return shape.stream().mapToLong(Long::longValue).toArray();
    }

    static TidegateException unfit(JsonParser json, String what, String expected)
            throws IOException {
        return TidegateException.invalid(
                "%s is %s, expected %s".formatted(what, Excerpt.of(json.getText()), expected));
    }

    static TidegateException twice(String what) {
        return TidegateException.invalid("%s came twice, expected once".formatted(what));
    }
}
