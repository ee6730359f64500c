package dev.tidegate.server.rollout;

import java.io.StringReader;
import java.util.Collections;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;

/** On which line of a YAML text each place of a plan stands. */
final class PlanLines {
    private final Map<String, Integer> lines = new HashMap<>();
    private final Set<Node> walked = Collections.newSetFromMap(new IdentityHashMap<>());

    private PlanLines() {}

    /** Refuses a text that names one thing and uses it twice: a plan has no need of it. */
    static PlanLines of(Yaml yaml, String text) {
        PlanLines lines = new PlanLines();
        Node root = yaml.compose(new StringReader(text));
        if (root == null) {
            throw new PlanFault("", "it is empty; expected steps and guardrails");
        }
        lines.walk("", root);
        return lines;
    }

    private void walk(String place, Node node) {
        int line = node.getStartMark().getLine() + 1;
        if (!walked.add(node)) {
            throw new PlanFault("", "line " + line + " is used twice by an alias; write it out");
        }
        lines.putIfAbsent(place, line);
        if (node instanceof MappingNode mapping) {
            mapping.getValue().forEach(tuple -> walk(place, tuple));
        } else if (node instanceof SequenceNode sequence) {
            List<Node> items = sequence.getValue();
            for (int i = 0; i < items.size(); i++) {
                walk(place + "[" + i + "]", items.get(i));
            }
        }
    }

    private void walk(String place, NodeTuple tuple) {
        String key = tuple.getKeyNode() instanceof ScalarNode scalar ? scalar.getValue() : "?";
        String inner = place.isEmpty() ? key : place + "." + key;
        lines.put(inner, tuple.getKeyNode().getStartMark().getLine() + 1);
        walk(inner, tuple.getValueNode());
    }

    /** Returns the line of the place, or of the next thing around it that has one. */
    int of(String place) {
        String known = place;
        while (!lines.containsKey(known) && !known.isEmpty()) {
            known =
                    known.substring(
                            0,
                            Math.max(0, Math.max(known.lastIndexOf('.'), known.lastIndexOf('['))));
        }
        return lines.getOrDefault(known, 1);
    }
}
