package dev.tidegate.server.inference.onnx;

import ai.onnxruntime.NodeInfo;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.TensorInfo;
import dev.tidegate.server.platform.error.TidegateException;
import dev.tidegate.server.registry.TensorSpec;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;

/**
 * What a graph takes and gives.
 *
 * @param inputs every input that must be fed, in the graph's order
 * @param outputs every output that is a tensor, in the graph's order
 */
public record OnnxGraph(List<TensorSpec> inputs, List<TensorSpec> outputs) {
    public OnnxGraph {
        inputs = List.copyOf(inputs);
        outputs = List.copyOf(outputs);
    }

    static OnnxGraph of(OrtSession session) throws OrtException {
        Collection<NodeInfo> inputs = session.getInputInfo().values();
        Collection<NodeInfo> outputs = session.getOutputInfo().values();
        List<TensorSpec> given = tensors(outputs);
        if (given.isEmpty()) {
            throw TidegateException.invalid(
                    "the graph's outputs %s are no tensors; export it with tensor outputs (for scikit-learn: zipmap=False)"
                            .formatted(outputs.stream().map(NodeInfo::getName).toList()));
        }
        return new OnnxGraph(required(inputs), given);
    }

    private static List<TensorSpec> required(Collection<NodeInfo> nodes) {
        for (NodeInfo node : nodes) {
            if (!(node.getInfo() instanceof TensorInfo)) {
                throw TidegateException.invalid(
                        "input '%s' is %s; expected a tensor"
                                .formatted(node.getName(), node.getInfo()));
            }
        }
        return tensors(nodes);
    }

    private static List<TensorSpec> tensors(Collection<NodeInfo> nodes) {
        List<TensorSpec> specs = new ArrayList<>();
        for (NodeInfo node : nodes) {
            if (node.getInfo() instanceof TensorInfo info) {
                List<Long> shape = Arrays.stream(info.getShape()).boxed().toList();
                specs.add(
                        new TensorSpec(
                                node.getName(), ElementType.of(node.getName(), info), shape));
            }
        }
        return specs;
    }
}
