package dev.tidegate.server.cli;

import dev.tidegate.server.inference.row.Row;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/**
 * Reads {@code NAME=VALUE,NAME=VALUE}. A value with commas stands in double quotes, a list of
 * numbers in brackets.
 */
final class RowConverter implements ITypeConverter<Row> {
    private static final Pattern FIELD =
            Pattern.compile("\\s*([^=,]+?)\\s*=(\"[^\"]*\"|\\[[^]]*]|[^,]*)(?:,|$)");

    @Override
    public Row convert(String text) {
        Map<String, Object> values = new LinkedHashMap<>();
        Matcher field = FIELD.matcher(text);
        int end = 0;
        while (end < text.length() && field.find(end) && field.start() == end) {
            if (values.put(field.group(1), unquoted(field.group(2).strip())) != null) {
                throw new TypeConversionException(
                        "%s comes twice in \"%s\"".formatted(field.group(1), text));
            }
            end = field.end();
        }
        if (end < text.length() || values.isEmpty()) {
            throw new TypeConversionException(
                    "expected NAME=VALUE,NAME=VALUE, got \"%s\"".formatted(text));
        }
        return new Row("--row", values);
    }

    private static String unquoted(String value) {
        return value.length() >= 2 && value.startsWith("\"") && value.endsWith("\"")
                ? value.substring(1, value.length() - 1)
                : value;
    }
}
