package dev.tidegate.server.retraining;

import dev.tidegate.server.retraining.onnx.GraphBuilder;
import java.util.List;
import java.util.Map;

/**
 * Adds standardisation of numbers to a graph: missing ones become the mean, then (x − mean) /
 * scale.
 */
final class StandardisationGraph {

    private final GraphBuilder graph;

    StandardisationGraph(GraphBuilder graph) {
        this.graph = graph;
    }

    /**
     * Adds the standardisation of the columns' inputs; the result has shape [-1, number of
     * columns].
     */
    String add(List<NumberFeature> numbers) {
        float[] means = new float[numbers.size()];
        float[] scales = new float[numbers.size()];
        for (int index = 0; index < means.length; index++) {
            means[index] = numbers.get(index).mean();
            scales[index] = numbers.get(index).scale();
        }
        String mean = graph.constant(means, 1, means.length);
        String raw =
                graph.node(
                        "Concat",
                        numbers.stream().map(NumberFeature::name).toList(),
                        Map.of("axis", 1L));
        String missing = graph.node("IsNaN", List.of(raw), Map.of());
        String filled = graph.node("Where", List.of(missing, mean, raw), Map.of());
        String centred = graph.node("Sub", List.of(filled, mean), Map.of());
        return graph.node(
                "Div", List.of(centred, graph.constant(scales, 1, scales.length)), Map.of());
    }
}
