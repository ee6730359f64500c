package dev.tidegate.server.inference.row;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/**
 * Named values to ask a model about.
 *
 * @param label what to call the row in an error
 * @param values strings as typed, or what JSON has: numbers, truth values, lists; a missing value
 *     is absent
 */
public record Row(String label, Map<String, Object> values) {
    public Row {
        values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
    }

    /** Returns a row of strings as typed, one for each name. */
    static Row ofTexts(String label, List<String> names, IntFunction<String> texts) {
        Map<String, Object> values = LinkedHashMap.newLinkedHashMap(names.size());
        for (int i = 0; i < names.size(); i++) {
            values.put(names.get(i), texts.apply(i));
        }
        return new Row(label, values);
    }

    public Set<String> names() {
        return values.keySet();
    }

    public @Nullable Object value(String name) {
        return values.get(name);
    }

    /** Returns the row with some of its values only. */
    public Row without(Set<String> names) {
        if (names.isEmpty()) {
            return this;
        }
        Map<String, Object> rest = new LinkedHashMap<>(values);
        rest.keySet().removeAll(names);
        return new Row(label, rest);
    }
}
