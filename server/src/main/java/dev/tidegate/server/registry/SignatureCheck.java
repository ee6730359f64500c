package dev.tidegate.server.registry;

import dev.tidegate.server.platform.error.TidegateException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Holds a signature against the graph that it describes. */
final class SignatureCheck {
    private SignatureCheck() {}

    /** Returns the signature of a graph that nobody described: every input one whole tensor. */
    static ModelSignature derived(Graph graph) {
        List<Column> columns =
                graph.inputs().stream()
                        .map(
                                spec ->
                                        new Column(
                                                spec.name(),
                                                ColumnKind.TENSOR,
                                                spec.name(),
                                                0,
                                                true,
                                                List.of(),
                                                java.util.OptionalDouble.empty(),
                                                java.util.OptionalDouble.empty()))
                        .toList();
        return new ModelSignature(columns, graph.inputs(), graph.outputs());
    }

    /** Refuses a signature that promises what the graph does not keep. */
    static void requireFits(ModelSignature signature, Graph graph) {
        requireInputs(signature, graph);
        Map<String, TensorSpec> outputs = byName(graph.outputs());
        if (signature.outputs().isEmpty()) {
            throw refused("it names no output, expected some of " + outputs.keySet());
        }
        for (TensorSpec spec : signature.outputs()) {
            requireSameType("output", spec, outputs);
        }
        Map<String, TensorSpec> inputs = byName(signature.inputs());
        signature.columns().forEach(column -> requireColumn(column, inputs));
    }

    private static void requireInputs(ModelSignature signature, Graph graph) {
        Map<String, TensorSpec> inputs = byName(graph.inputs());
        Set<String> described = byName(signature.inputs()).keySet();
        for (TensorSpec spec : graph.inputs()) {
            if (!described.contains(spec.name())) {
                throw refused("the graph's input '%s' is missing in it".formatted(spec.name()));
            }
        }
        for (TensorSpec spec : signature.inputs()) {
            requireShape(spec, requireSameType("input", spec, inputs));
        }
    }

    private static TensorSpec requireSameType(
            String what, TensorSpec spec, Map<String, TensorSpec> graph) {
        TensorSpec real = graph.get(spec.name());
        if (real == null) {
            throw refused(
                    "%s '%s' is not in the graph, which has %s"
                            .formatted(what, spec.name(), graph.keySet()));
        }
        if (real.datatype() != spec.datatype()) {
            throw refused(
                    "%s '%s' is %s, but the graph has %s"
                            .formatted(what, spec.name(), spec.datatype(), real.datatype()));
        }
        return real;
    }

    private static void requireShape(TensorSpec spec, TensorSpec real) {
        boolean fits = spec.shape().size() == real.shape().size();
        for (int axis = 0; fits && axis < real.shape().size(); axis++) {
            long graph = real.shape().get(axis);
            fits = graph < 0 || graph == spec.shape().get(axis);
        }
        if (!fits) {
            throw refused(
                    "input '%s' has shape %s, but the graph takes %s (-1 is a free dimension)"
                            .formatted(spec.name(), spec.shape(), real.shape()));
        }
    }

    private static void requireColumn(Column column, Map<String, TensorSpec> inputs) {
        TensorSpec input = inputs.get(column.input());
        if (input == null || column.kind() == ColumnKind.TENSOR) {
            return;
        }
        long width = input.shape().size() > 1 ? input.shape().getLast() : 1;
        if (width >= 0 && column.index() >= width) {
            throw refused(
                    "column '%s' has index %d, but the last dimension of input '%s' is %d"
                            .formatted(column.name(), column.index(), input.name(), width));
        }
        if (input.datatype() != DataType.BYTES) {
            column.allowed().forEach(value -> requireNumber(column, value));
        }
    }

    private static void requireNumber(Column column, String value) {
        try {
            Double.parseDouble(value);
        } catch (NumberFormatException e) {
            throw refused(
                    "column '%s' lies in the numeric input '%s', but its category '%s' is no number"
                            .formatted(column.name(), column.input(), value));
        }
    }

    private static Map<String, TensorSpec> byName(List<TensorSpec> specs) {
        return specs.stream().collect(Collectors.toMap(TensorSpec::name, Function.identity()));
    }

    private static TidegateException refused(String what) {
        return TidegateException.invalid("the signature does not fit the graph: " + what);
    }
}
