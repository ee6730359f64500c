package dev.tidegate.server.inference.row;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
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

    public Set<String> names() {
        return values.keySet();
    }

    public @Nullable Object value(String name) {
        return values.get(name);
    }
}
