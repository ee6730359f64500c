package dev.tidegate.server.inference.row;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.tidegate.server.platform.error.TidegateException;
import dev.tidegate.server.registry.Column;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The list that a row has for a feature.
 *
 * @param shape how many lists stand in lists; empty for one value that is no list
 * @param elements row-major
 */
record ListCell(List<Long> shape, List<Object> elements) {

    static ListCell of(Column column, Row row) {
        Object value = row.value(column.name());
        if (value instanceof String text && text.startsWith("[")) {
            value = parsed(column, row, text);
        }
        List<Long> shape = new ArrayList<>();
        List<Object> elements = new ArrayList<>();
        if (value != null && !value.equals("")) {
            flatten(column, row, value, 0, shape, elements);
        }
        if (elements.isEmpty()) {
            throw TidegateException.invalid(
                    "%s has no value for %s, expected a list such as [1, 2.5]"
                            .formatted(row.label(), column.name()));
        }
        return new ListCell(List.copyOf(shape), elements);
    }

    private static Object parsed(Column column, Row row, String text) {
        try {
            return Arrays.asList(JsonMapper.builder().build().readValue(text, Object[].class));
        } catch (JsonProcessingException e) {
            throw TidegateException.invalid(
                    "%s has %s for %s, expected a list such as [1, 2.5]"
                            .formatted(row.label(), text, column.name()));
        }
    }

    private static void flatten(
            Column column,
            Row row,
            @Nullable Object value,
            int depth,
            List<Long> shape,
            List<Object> elements) {
        if (!(value instanceof List<?> list)) {
            requireAlike(depth == shape.size(), column, row);
            elements.add(value == null ? "" : value);
            return;
        }
        if (depth == shape.size()) {
            requireAlike(elements.isEmpty(), column, row);
            shape.add((long) list.size());
        }
        requireAlike(shape.get(depth) == list.size(), column, row);
        list.forEach(element -> flatten(column, row, element, depth + 1, shape, elements));
    }

    private static void requireAlike(boolean isAlike, Column column, Row row) {
        if (!isAlike) {
            throw TidegateException.invalid(
                    "%s: the lists of feature '%s' are not of the same length"
                            .formatted(row.label(), column.name()));
        }
    }

    /**
     * Returns the shape of the row in the tensor, which nested lists say and a flat one fills.
     *
     * @param expected sizes, -1 where any may be; null when the list does not fit them
     */
    @Nullable List<Long> within(List<Long> expected) {
        List<Long> said = shape;
        while (said.size() > expected.size() && said.getFirst() == 1) {
            said = said.subList(1, said.size());
        }
        if (said.size() == expected.size() && fits(said, expected)) {
            return said;
        }
        return shape.size() <= 1 ? filled(expected) : null;
    }

    private static boolean fits(List<Long> said, List<Long> expected) {
        for (int i = 0; i < said.size(); i++) {
            if (expected.get(i) >= 0 && !expected.get(i).equals(said.get(i))) {
                return false;
            }
        }
        return true;
    }

    private @Nullable List<Long> filled(List<Long> expected) {
        long known = 1;
        int free = -1;
        for (int i = 0; i < expected.size(); i++) {
            if (expected.get(i) >= 0) {
                known = Math.multiplyExact(known, expected.get(i));
            } else if (free >= 0) {
                return null;
            } else {
                free = i;
            }
        }
        if (free < 0) {
            return known == elements.size() ? expected : null;
        }
        if (known == 0 || elements.size() % known != 0) {
            return null;
        }
        List<Long> whole = new ArrayList<>(expected);
        whole.set(free, elements.size() / known);
        return whole;
    }
}
