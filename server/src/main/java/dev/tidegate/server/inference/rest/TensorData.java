package dev.tidegate.server.inference.rest;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.tidegate.server.platform.error.Excerpt;
import dev.tidegate.server.platform.error.TidegateException;
import dev.tidegate.server.registry.DataType;
import java.io.IOException;
import java.util.Arrays;

/** Reads the data of one input: one flat list, or lists nested as its shape says. */
final class TensorData {
    private final String input;
    private final long[] shape;
    private final ElementReader elements;

    /** Items so far in the open list of each depth. */
    private final long[] items;

    /** Of the list that holds the elements; 0 before the first. */
    private int elementDepth;

    TensorData(String input, DataType type, long[] shape, Room room) {
        this.input = input;
        this.shape = shape;
        this.elements = new ElementReader(input, type, room);
        this.items = new long[Math.max(1, shape.length) + 1];
    }

    /** Returns the elements of the list that the parser stands on. */
    RawBytes read(JsonParser json) throws IOException {
        if (json.currentToken() != JsonToken.START_ARRAY) {
            throw invalid("data is %s, expected a list".formatted(Excerpt.of(json.getText())));
        }
        int depth = 1;
        while (depth > 0) {
            JsonToken token = json.nextToken();
            if (token == JsonToken.START_ARRAY) {
                depth = open(depth);
            } else if (token == JsonToken.END_ARRAY) {
                close(depth);
                depth--;
            } else {
                element(depth, json);
            }
        }
        requireCount();
        return elements.raw();
    }

    private int open(int depth) {
        if (depth >= items.length - 1) {
            throw invalid(
                    "data is nested deeper than its shape %s".formatted(Arrays.toString(shape)));
        }
        if (elementDepth == depth) {
            throw ragged();
        }
        items[depth]++;
        items[depth + 1] = 0;
        return depth + 1;
    }

    private void element(int depth, JsonParser json) throws IOException {
        if (elementDepth == 0 && ((depth == 1 && items[1] == 0) || depth == shape.length)) {
            elementDepth = depth;
        }
        if (depth != elementDepth) {
            throw ragged();
        }
        items[depth]++;
        elements.add(json);
    }

    private void close(int depth) {
        boolean isNested = elementDepth > 1;
        if (isNested && items[depth] != shape[depth - 1]) {
            throw ragged();
        }
    }

    private void requireCount() {
        long expected = 1;
        for (long dimension : shape) {
            if (dimension < 0 || expected > Integer.MAX_VALUE) {
                return;
            }
            expected *= Math.min(dimension, Integer.MAX_VALUE + 1L);
        }
        if (expected <= Integer.MAX_VALUE && elements.count() != expected) {
            throw invalid(
                    "%d elements came in data, expected %d for shape %s"
                            .formatted(elements.count(), expected, Arrays.toString(shape)));
        }
    }

    private TidegateException ragged() {
        return invalid(
                "data is a list of lists that are not as shape %s says, expected them so or one flat list"
                        .formatted(Arrays.toString(shape)));
    }

    private TidegateException invalid(String what) {
        return TidegateException.invalid("input '" + input + "': " + Excerpt.of(what));
    }
}
