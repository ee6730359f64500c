package dev.tidegate.server.inference.onnx;

import dev.tidegate.server.registry.DataType;
import dev.tidegate.server.registry.ModelSignature;
import dev.tidegate.server.registry.TensorSpec;
import java.util.Comparator;
import java.util.List;

/**
 * The places of a session's tensors: inputs in the order of their names, so that one decoded
 * request fits every version with an equal signature; outputs in the signature's order.
 */
public final class TensorNames {
    private final List<TensorSpec> inputs;
    private final List<TensorSpec> outputs;

    public TensorNames(ModelSignature signature) {
        inputs =
                signature.inputs().stream().sorted(Comparator.comparing(TensorSpec::name)).toList();
        outputs = signature.outputs();
    }

    public List<TensorSpec> inputs() {
        return inputs;
    }

    public List<TensorSpec> outputs() {
        return outputs;
    }

    String input(int place) {
        return inputs.get(place).name();
    }

    DataType inputType(int place) {
        return inputs.get(place).datatype();
    }

    String output(int place) {
        return outputs.get(place).name();
    }
}
