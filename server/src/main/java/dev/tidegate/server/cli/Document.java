package dev.tidegate.server.cli;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a command has found out: named values in their order, ready to be written as JSON or as
 * text. Values are strings, numbers, points of time, truth values, null, other documents, or lists
 * of these.
 */
public final class Document {
    private final Map<String, @Nullable Object> fields = new LinkedHashMap<>();
    private String words = "";

    /** Adds a field; a number that JSON cannot hold becomes null, as does an unset value. */
    public Document with(String name, @Nullable Object value) {
        fields.put(name, value instanceof Double d && !Double.isFinite(d) ? null : value);
        return this;
    }

    /** Gives the document words that stand for it in a table for people; it has none otherwise. */
    Document inWords(String text) {
        words = text;
        return this;
    }

    /** Returns the words for a table; empty for none. */
    String words() {
        return words;
    }

    /** Returns the fields in their order. */
    @JsonValue
    public Map<String, @Nullable Object> fields() {
        return fields;
    }

    /** Returns the value as text, empty when there is none. */
    public String text(String name) {
        Object value = fields.get(name);
        return value == null ? "" : value.toString();
    }

    /** Returns a whole number. */
    public long number(String name) {
        if (fields.get(name) instanceof Number number) {
            return number.longValue();
        }
        throw new IllegalStateException("field " + name + " is no number in " + fields);
    }

    /** Returns a truth value. */
    public boolean flag(String name) {
        return Boolean.TRUE.equals(fields.get(name));
    }

    /** Returns the documents of a list; none when there is no such list. */
    public List<Document> documents(String name) {
        return fields.get(name) instanceof List<?> list
                ? list.stream()
                        .filter(Document.class::isInstance)
                        .map(Document.class::cast)
                        .toList()
                : List.of();
    }

    boolean isEmptyList(String name) {
        return fields.get(name) instanceof List<?> list && list.isEmpty();
    }

    /** Returns these fields only, in this order. */
    Document only(String... names) {
        Document some = new Document();
        for (String name : names) {
            if (fields.containsKey(name)) {
                some.fields.put(name, fields.get(name));
            }
        }
        return some;
    }
}
