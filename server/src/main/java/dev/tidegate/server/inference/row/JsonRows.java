package dev.tidegate.server.inference.row;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Rows of a JSON file: one object, a list of objects, or an object behind the other. */
final class JsonRows extends TextRows {
    private static final int DEEPEST = 64;
    private static final int LONGEST_NUMBER = 400;
    private static final TypeReference<LinkedHashMap<String, Object>> OBJECT =
            new TypeReference<>() {};

    private final JsonParser json;
    private final boolean isList;

    JsonRows(String name, BoundedInput input) throws IOException {
        super(name, input);
        json = mapper().createParser(input);
        isList = json.nextToken() == JsonToken.START_ARRAY;
        if (isList) {
            json.nextToken();
        }
    }

    private static JsonMapper mapper() {
        return JsonMapper.builder(
                        JsonFactory.builder()
                                .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                                .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
                                .streamReadConstraints(
                                        StreamReadConstraints.builder()
                                                .maxNestingDepth(DEEPEST)
                                                .maxNumberLength(LONGEST_NUMBER)
                                                .maxStringLength(LONGEST_ROW)
                                                .build())
                                .build())
                .build();
    }

    @Override
    public List<String> header() {
        return List.of();
    }

    @Override
    @Nullable RowRead next(long number) throws IOException {
        JsonToken token = number == 1 ? json.currentToken() : json.nextToken();
        if (token == (isList ? JsonToken.END_ARRAY : null)) {
            requireEnd();
            return null;
        }
        return row(number, token);
    }

    private RowRead row(long number, @Nullable JsonToken token) throws IOException {
        if (token == null) {
            throw new JsonParseException(json, "the list does not end");
        }
        if (token != JsonToken.START_OBJECT) {
            String came = json.getText();
            json.skipChildren();
            return new RowRead(
                    number,
                    new Row(label(number), Map.of()),
                    "it is %s, expected an object".formatted(came));
        }
        Map<String, Object> values = json.readValueAs(OBJECT);
        values.values().removeIf(Objects::isNull);
        return new RowRead(number, new Row(label(number), values), null);
    }

    private void requireEnd() throws IOException {
        if (isList && json.nextToken() != null) {
            throw new JsonParseException(json, "something follows the list, expected its end");
        }
    }

    @Override
    public void close() {
        try {
            json.close();
        } catch (IOException e) {
            throw new UncheckedIOException("the rows' file cannot be closed", e);
        }
    }
}
