package dev.tidegate.server.retraining;

import dev.tidegate.server.retraining.onnx.GraphBuilder;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Adds one-hot encoding to a graph, for all category columns at once.
 *
 * <p>Each known category of each column has a row of its own in one table, with its 1 in its own
 * place; one more row of zeros stands for none of them. A column's category picks a row, and the
 * sum of the columns' rows holds the features. A category that training has not seen takes the row
 * of zeros, or, when it shall fail, a row below the table's end: the specification of Gather makes
 * that an error, which ONNX Runtime raises when the graph runs.
 */
final class OneHotGraph {
    private final GraphBuilder graph;
    private final UnknownCategory unknown;

    OneHotGraph(GraphBuilder graph, UnknownCategory unknown) {
        this.graph = graph;
        this.unknown = unknown;
    }

    /** Adds the encoding; the result has shape [-1, number of known categories of all columns]. */
    String add(List<CategoryFeature> categories) {
        int width = categories.stream().mapToInt(CategoryFeature::width).sum();
        List<String> rowNumbers = new ArrayList<>();
        int first = 0;
        for (CategoryFeature category : categories) {
            rowNumbers.add(rowNumber(category, first, width));
            first += category.width();
        }
        String chosen = graph.node("Concat", rowNumbers, Map.of("axis", 1L));
        String rows = graph.node("Gather", List.of(table(width), chosen), Map.of("axis", 0L));
        return graph.node("ReduceSum", List.of(rows, graph.constant(1L)), Map.of("keepdims", 0L));
    }

    private String rowNumber(CategoryFeature category, int first, int width) {
        List<String> keys = new ArrayList<>();
        List<Long> numbers = new ArrayList<>();
        for (int position = 0; position < category.width(); position++) {
            keys.add(category.known().get(position));
            numbers.add((long) first + position);
        }
        if (category.nullable()) {
            keys.add("");
            numbers.add((long) width);
        }
        return graph.mlNode(
                "LabelEncoder",
                List.of(category.name()),
                Map.of(
                        "keys_strings",
                        keys,
                        "values_int64s",
                        numbers,
                        "default_int64",
                        unknownRow(width)));
    }

    private long unknownRow(int width) {
        return switch (unknown) {
            case IGNORE -> width;
            case FAIL -> width + 1L;
        };
    }

    private String table(int width) {
        float[] table = new float[(width + 1) * width];
        for (int place = 0; place < width; place++) {
            table[place * width + place] = 1f;
        }
        return graph.constant(table, width + 1L, width);
    }
}
