package dev.tidegate.server.inference.rest;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.tidegate.server.inference.row.Row;
import dev.tidegate.server.platform.error.Excerpt;
import dev.tidegate.server.platform.error.TidegateException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads the body of a prediction from named features. */
final class PredictBody {
    private static final String EXPECTED = "model, version, customer_id, features or rows";

    private final int maxRows;
    private final Set<String> seen = new HashSet<>();
    private final List<Row> rows = new ArrayList<>();
    private String model = "";
    private String version = "";
    private @Nullable String customer;

    private PredictBody(int maxRows) {
        this.maxRows = maxRows;
    }

    static PredictRequest read(JsonFactory factory, byte[] body, int maxRows) {
        PredictBody reading = new PredictBody(maxRows);
        JsonBody.read(factory, body, body.length, reading::object);
        return reading.request();
    }

    private PredictRequest request() {
        boolean isOne = seen.contains("features");
        if (isOne == seen.contains("rows")) {
            throw TidegateException.invalid(
                    "%s came, expected one of features (one row) and rows (a list of rows)"
                            .formatted(isOne ? "features and rows" : "neither features nor rows"));
        }
        if (rows.isEmpty()) {
            throw TidegateException.invalid("rows is empty, expected at least one row");
        }
        return new PredictRequest(model, version, customer, isOne, rows);
    }

    private void object(JsonParser json) throws IOException {
        JsonObject.require(json, "the body");
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            String field = json.currentName();
            json.nextToken();
            if (!seen.add(field)) {
                throw JsonObject.twice(Excerpt.of(field));
            }
            field(field, json);
        }
    }

    private void field(String field, JsonParser json) throws IOException {
        switch (field) {
            case "model" -> model = JsonObject.text(json, field);
            case "version" -> version = JsonObject.text(json, field);
            case "customer_id" -> customer = customer(json);
            case "features" -> rows.add(row("features", json));
            case "rows" -> {
                JsonObject.requireList(json, field);
                while (json.nextToken() != JsonToken.END_ARRAY) {
                    requireRoom();
                    rows.add(row("row " + (rows.size() + 1), json));
                }
            }
            default ->
                    throw TidegateException.invalid(
                            "field '%s' is unknown, expected %s"
                                    .formatted(Excerpt.of(field), EXPECTED));
        }
    }

    private void requireRoom() {
        if (rows.size() == maxRows) {
            throw TidegateException.invalid(
                    "more than %d rows came, expected at most as many (tidegate.predict.max-rows)"
                            .formatted(maxRows));
        }
    }

    private static @Nullable String customer(JsonParser json) throws IOException {
        return switch (json.currentToken()) {
            case VALUE_NULL -> null;
            case VALUE_NUMBER_INT, VALUE_STRING -> json.getText();
            default -> throw JsonObject.unfit(json, "customer_id", "a string or a whole number");
        };
    }

    private static Row row(String label, JsonParser json) throws IOException {
        JsonObject.require(json, label);
        Map<String, Object> values = new LinkedHashMap<>();
        Set<String> names = new HashSet<>();
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            String name = json.currentName();
            json.nextToken();
            if (!names.add(name)) {
                throw JsonObject.twice("%s: feature '%s'".formatted(label, Excerpt.of(name)));
            }
            Object value = value(label, name, json);
            if (value != null) {
                values.put(name, value);
            }
        }
        return new Row(label, values);
    }

    private static @Nullable Object value(String label, String name, JsonParser json)
            throws IOException {
        return switch (json.currentToken()) {
            case VALUE_NULL -> null;
            case VALUE_STRING -> json.getText();
            case VALUE_TRUE -> true;
            case VALUE_FALSE -> false;
            case VALUE_NUMBER_INT -> json.getNumberValue();
            case VALUE_NUMBER_FLOAT -> real(label, name, json);
            case START_ARRAY -> list(label, name, json);
            default ->
                    throw JsonObject.unfit(
                            json,
                            "%s: feature '%s'".formatted(label, Excerpt.of(name)),
                            "a string, a number, a truth value, null or a list");
        };
    }

    private static double real(String label, String name, JsonParser json) throws IOException {
        double value = json.getDoubleValue();
        if (Double.isInfinite(value) && !json.isNaN()) {
            throw JsonObject.unfit(
                    json,
                    "%s: feature '%s'".formatted(label, Excerpt.of(name)),
                    "a number that FP64 can hold");
        }
        return value;
    }

    private static List<Object> list(String label, String name, JsonParser json)
            throws IOException {
        List<Object> list = new ArrayList<>();
        while (json.nextToken() != JsonToken.END_ARRAY) {
            Object value = value(label, name, json);
            list.add(value == null ? Double.NaN : value);
        }
        return list;
    }
}
