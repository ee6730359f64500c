package dev.tidegate.server.retraining;

import dev.tidegate.server.dataset.CategoryColumn;
import dev.tidegate.server.dataset.DatasetColumn;
import dev.tidegate.server.dataset.NumberColumn;
import dev.tidegate.server.retraining.onnx.GraphBuilder;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Exports a trained model with its preprocessing as one ONNX graph.
 *
 * <p>The graph takes one tensor of shape [-1, 1] for each column, under the column's name: numbers
 * as FLOAT, categories as STRING. It gives {@code probability}, FLOAT [-1, 1], the probability of
 * the positive class, and {@code label}, STRING [-1, 1], the class that is the likelier one.
 */
final class ModelGraph {

    static final String PROBABILITY = "probability";
    static final String LABEL = "label";

    private static final float EVEN_ODDS = 0.5f;

    private final GraphBuilder graph;
    private final Preprocessing preprocessing;

    private ModelGraph(String name, Preprocessing preprocessing) {
        this.graph = new GraphBuilder(name);
        this.preprocessing = preprocessing;
    }

    /** Returns the bytes of the ONNX file. */
    static byte[] export(
            String name,
            List<DatasetColumn> accepted,
            Preprocessing preprocessing,
            UnknownCategory unknown,
            TrainedModel model,
            Target target) {
        return new ModelGraph(name, preprocessing).export(accepted, unknown, model, target);
    }

    private byte[] export(
            List<DatasetColumn> accepted,
            UnknownCategory unknown,
            TrainedModel model,
            Target target) {
        accepted.forEach(this::input);
        List<String> categories = oneHots(unknown);
        String probability =
                switch (model) {
                    case LogisticModel logistic -> logistic(logistic, categories);
                    case XgboostModel xgboost -> trees(xgboost.trees(), categories);
                };
        graph.numberOutput(PROBABILITY, probability);
        graph.textOutput(LABEL, label(probability, target));
        return graph.build("tidegate");
    }

    private void input(DatasetColumn column) {
        switch (column) {
            case NumberColumn number -> graph.numberInput(number.name());
            case CategoryColumn category -> graph.textInput(category.name());
        }
    }

    private List<String> oneHots(UnknownCategory unknown) {
        return preprocessing.categories().isEmpty()
                ? List.of()
                : List.of(new OneHotGraph(graph, unknown).add(preprocessing.categories()));
    }

    private String trees(TreeEnsemble trees, List<String> categories) {
        List<String> features = new ArrayList<>();
        preprocessing.numbers().forEach(number -> features.add(number.name()));
        features.addAll(categories);
        return sigmoid(new TreeEnsembleGraph(graph).add(concatenation(features), trees));
    }

    private String logistic(LogisticModel model, List<String> categories) {
        List<String> features = new ArrayList<>();
        if (!preprocessing.numbers().isEmpty()) {
            features.add(new StandardisationGraph(graph).add(preprocessing.numbers()));
        }
        features.addAll(categories);
        double[] weights = model.weights();
        String margin =
                graph.node(
                        "Gemm",
                        List.of(
                                concatenation(features),
                                graph.constant(floats(weights), weights.length, 1),
                                graph.constant(floats(model.intercept()), 1)),
                        Map.of());
        return sigmoid(margin);
    }

    private String concatenation(List<String> features) {
        return graph.node("Concat", features, Map.of("axis", 1L));
    }

    private String sigmoid(String margin) {
        return graph.node("Sigmoid", List.of(margin), Map.of());
    }

    private String label(String probability, Target target) {
        String likely =
                graph.node(
                        "GreaterOrEqual",
                        List.of(probability, graph.constant(new float[] {EVEN_ODDS}, 1)),
                        Map.of());
        return graph.node(
                "Where",
                List.of(
                        likely,
                        graph.constant(target.positive()),
                        graph.constant(target.negative())),
                Map.of());
    }

    private static float[] floats(double... values) {
        float[] floats = new float[values.length];
        for (int index = 0; index < values.length; index++) {
            floats[index] = (float) values[index];
        }
        return floats;
    }
}
