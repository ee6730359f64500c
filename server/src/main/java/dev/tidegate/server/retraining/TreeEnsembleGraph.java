package dev.tidegate.server.retraining;

import dev.tidegate.server.retraining.TreeEnsemble.Leaf;
import dev.tidegate.server.retraining.TreeEnsemble.Split;
import dev.tidegate.server.retraining.TreeEnsemble.Tree;
import dev.tidegate.server.retraining.onnx.GraphBuilder;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Adds a sum of trees to a graph, as one TreeEnsembleRegressor of {@code ai.onnx.ml}. */
final class TreeEnsembleGraph {

    private final GraphBuilder graph;
    private final Map<String, List<Object>> attributes = new LinkedHashMap<>();

    TreeEnsembleGraph(GraphBuilder graph) {
        this.graph = graph;
    }

    /** Adds the trees on the features; the result has shape [-1, 1] and is in log-odds. */
    String add(String features, TreeEnsemble ensemble) {
        for (int tree = 0; tree < ensemble.trees().size(); tree++) {
            add(tree, ensemble.trees().get(tree));
        }
        append("base_values", ensemble.base());
        Map<String, Object> all = new LinkedHashMap<>(attributes);
        all.put("n_targets", 1L);
        all.put("aggregate_function", "SUM");
        all.put("post_transform", "NONE");
        return graph.mlNode("TreeEnsembleRegressor", List.of(features), all);
    }

    private void add(long number, Tree tree) {
        for (int node = 0; node < tree.nodes().size(); node++) {
            append("nodes_treeids", number);
            append("nodes_nodeids", (long) node);
            switch (tree.nodes().get(node)) {
                case Split split -> add(split);
                case Leaf leaf -> add(number, node, leaf);
            }
        }
    }

    private void add(Split split) {
        append("nodes_modes", "BRANCH_LT");
        append("nodes_featureids", (long) split.feature());
        append("nodes_values", split.threshold());
        append("nodes_truenodeids", (long) split.left());
        append("nodes_falsenodeids", (long) split.right());
        append("nodes_missing_value_tracks_true", split.missingGoesLeft() ? 1L : 0L);
    }

    private void add(long tree, long node, Leaf leaf) {
        append("nodes_modes", "LEAF");
        append("nodes_featureids", 0L);
        append("nodes_values", 0f);
        append("nodes_truenodeids", 0L);
        append("nodes_falsenodeids", 0L);
        append("nodes_missing_value_tracks_true", 0L);
        append("target_treeids", tree);
        append("target_nodeids", node);
        append("target_ids", 0L);
        append("target_weights", leaf.value());
    }

    private void append(String attribute, Object value) {
        attributes.computeIfAbsent(attribute, name -> new ArrayList<>()).add(value);
    }
}
