package dev.tidegate.server.retraining;

import dev.tidegate.server.retraining.onnx.GraphBuilder;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;

/**
 * Adds one-hot encoding to a graph: a category's number picks a row of a table.
 *
 * <p>The table has a row for each known category and one of zeros below, which stands for none of
 * them. A category that training has not seen takes the row of zeros, or, when it shall fail, a row
 * below the table's end: the specification of Gather makes that an error, which ONNX Runtime raises
 * when the graph runs.
 */
final class OneHotGraph {

    private final GraphBuilder graph;
    private final UnknownCategory unknown;

    OneHotGraph(GraphBuilder graph, UnknownCategory unknown) {
        this.graph = graph;
        this.unknown = unknown;
    }

    /**
     * Adds the encoding of the column's input; the result has shape [-1, number of known
     * categories].
     */
    String add(CategoryFeature category) {
        int width = category.width();
        List<String> keys = new ArrayList<>(category.known());
        List<Long> numbers = new ArrayList<>(LongStream.range(0, width).boxed().toList());
        if (category.nullable()) {
            keys.add("");
            numbers.add((long) width);
        }
        String number =
                graph.mlNode(
                        "LabelEncoder",
                        List.of(category.name()),
                        Map.of(
                                "keys_strings",
                                keys,
                                "values_int64s",
                                numbers,
                                "default_int64",
                                unknownNumber(width)));
        String rows = graph.node("Gather", List.of(table(width), number), Map.of("axis", 0L));
        return graph.node("Reshape", List.of(rows, graph.constant(-1L, (long) width)), Map.of());
    }

    private long unknownNumber(int width) {
        return switch (unknown) {
            case IGNORE -> width;
            case FAIL -> width + 1L;
        };
    }

    private String table(int width) {
        float[] table = new float[(width + 1) * width];
        for (int category = 0; category < width; category++) {
            table[category * width + category] = 1f;
        }
        return graph.constant(table, width + 1L, width);
    }
}
