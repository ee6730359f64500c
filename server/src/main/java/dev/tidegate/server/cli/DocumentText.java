package dev.tidegate.server.cli;

import dev.tidegate.server.platform.time.ReadableTime;
import java.math.BigDecimal;
import java.math.MathContext;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A document for people: its plain fields one a line, its lists of documents as tables. */
final class DocumentText {
    private DocumentText() {}

    static String of(Document document) {
        List<String> lines = new ArrayList<>(fields(document));
        document.fields()
                .forEach(
                        (name, value) -> {
                            List<Document> rows = document.documents(name);
                            if (!rows.isEmpty()) {
                                separate(lines);
                                lines.addAll(table(rows));
                            } else if (value instanceof Document inner) {
                                separate(lines);
                                lines.add(name);
                                fields(inner).forEach(line -> lines.add("  " + line));
                            }
                        });
        return lines.isEmpty() ? "none" : String.join(System.lineSeparator(), lines);
    }

    private static void separate(List<String> lines) {
        if (!lines.isEmpty()) {
            lines.add("");
        }
    }

    private static List<String> fields(Document document) {
        int width =
                document.fields().keySet().stream().mapToInt(String::length).max().orElse(0) + 2;
        return document.fields().entrySet().stream()
                .filter(field -> isPlain(field.getValue()))
                .map(field -> pad(field.getKey(), width) + cell(field.getValue()))
                .map(String::stripTrailing)
                .toList();
    }

    private static boolean isPlain(@Nullable Object value) {
        return !(value instanceof Document)
                && !(value instanceof List<?> list
                        && (list.isEmpty() || list.getFirst() instanceof Document));
    }

    private static List<String> table(List<Document> rows) {
        List<String> names = rows.stream().flatMap(DocumentText::cellNames).distinct().toList();
        TextTable table =
                new TextTable(names.stream().map(name -> name.toUpperCase(Locale.ROOT)).toList());
        for (Document row : rows) {
            table.add(names.stream().map(name -> cell(row.fields().get(name))).toList());
        }
        return table.lines();
    }

    private static Stream<String> cellNames(Document row) {
        return row.fields().keySet().stream()
                .filter(name -> isCell(row.fields().get(name)) || row.isEmptyList(name));
    }

    private static boolean isCell(@Nullable Object value) {
        return isPlain(value) || (value instanceof Document inner && !inner.words().isEmpty());
    }

    private static String cell(@Nullable Object value) {
        return switch (value) {
            case null -> "-";
            case Double number -> number(number);
            case Instant at -> ReadableTime.of(at);
            case Document inner when !inner.words().isEmpty() -> inner.words();
            case Document inner -> cell(List.copyOf(inner.fields().keySet()));
            case List<?> list when list.isEmpty() -> "-";
            case List<?> list ->
                    list.stream().map(DocumentText::cell).collect(Collectors.joining(","));
            default -> value.toString().isEmpty() ? "-" : value.toString();
        };
    }

    /** Returns four significant digits, and all before the point; plain where that is short. */
    private static String number(double value) {
        if (!Double.isFinite(value)) {
            return Double.toString(value);
        }
        BigDecimal exact = BigDecimal.valueOf(value);
        int whole = exact.precision() - exact.scale();
        BigDecimal rounded = exact.round(new MathContext(Math.max(4, whole))).stripTrailingZeros();
        return whole > -4 && whole < 16 ? rounded.toPlainString() : rounded.toString();
    }

    private static String pad(String word, int width) {
        return word + " ".repeat(Math.max(0, width - word.length()));
    }
}
