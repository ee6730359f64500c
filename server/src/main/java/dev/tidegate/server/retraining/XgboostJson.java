package dev.tidegate.server.retraining;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tidegate.server.platform.error.ErrorCode;
import dev.tidegate.server.platform.error.TidegateException;
import dev.tidegate.server.retraining.TreeEnsemble.Leaf;
import dev.tidegate.server.retraining.TreeEnsemble.Node;
import dev.tidegate.server.retraining.TreeEnsemble.Split;
import dev.tidegate.server.retraining.TreeEnsemble.Tree;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads the JSON form of XGBoost models with the objective {@code binary:logistic} (XGBoost's model
 * schema).
 */
final class XgboostJson {

    private final ObjectMapper mapper = new ObjectMapper();

    TreeEnsemble read(byte[] json) {
        JsonNode learner = parse(json).path("learner");
        List<Tree> trees = new ArrayList<>();
        for (JsonNode tree : learner.path("gradient_booster").path("model").path("trees")) {
            trees.add(tree(tree));
        }
        return new TreeEnsemble(
                trees, base(learner.path("learner_model_param").path("base_score").asText()));
    }

    private JsonNode parse(byte[] json) {
        try {
            return mapper.readTree(json);
        } catch (IOException e) {
            throw new TidegateException(
                    ErrorCode.INTERNAL, "XGBoost gave no JSON: " + e.getMessage(), e);
        }
    }

    private static Tree tree(JsonNode tree) {
        List<Node> nodes = new ArrayList<>();
        for (int node = 0; node < tree.path("left_children").size(); node++) {
            nodes.add(node(tree, node));
        }
        return new Tree(nodes);
    }

    private static Node node(JsonNode tree, int node) {
        int left = tree.path("left_children").path(node).asInt();
        float condition = Float.parseFloat(tree.path("split_conditions").path(node).asText());
        if (left < 0) {
            return new Leaf(condition);
        }
        return new Split(
                tree.path("split_indices").path(node).asInt(),
                condition,
                left,
                tree.path("right_children").path(node).asInt(),
                tree.path("default_left").path(node).asInt() == 1);
    }

    /** The base score is a probability, in newer versions as a list of one. */
    private static float base(String score) {
        double probability = Double.parseDouble(score.replaceAll("[\\[\\]]", ""));
        return (float) Math.log(probability / (1 - probability));
    }
}
