package dev.tidegate.server.retraining;

import java.util.List;

/**
 * A sum of decision trees on the scale of log-odds.
 *
 * @param trees the trees
 * @param base the log-odds that the trees' leaves are added to
 */
record TreeEnsemble(List<Tree> trees, float base) {

    TreeEnsemble {
        trees = List.copyOf(trees);
    }

    /**
     * One binary tree; the root is node 0.
     *
     * @param nodes the nodes by their number
     */
    record Tree(List<Node> nodes) {

        Tree {
            nodes = List.copyOf(nodes);
        }
    }

    /** A node of a tree. */
    sealed interface Node {}

    /**
     * Goes left when the feature is less than the threshold, and where the default says when it is
     * missing.
     *
     * @param feature the feature's position
     * @param threshold the smallest value that goes right
     * @param left the number of the left child
     * @param right the number of the right child
     * @param missingGoesLeft where a row without a value goes
     */
    record Split(int feature, float threshold, int left, int right, boolean missingGoesLeft)
            implements Node {}

    /**
     * Ends a path.
     *
     * @param value what it adds to the log-odds
     */
    record Leaf(float value) implements Node {}
}
