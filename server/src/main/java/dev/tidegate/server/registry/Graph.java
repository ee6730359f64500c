package dev.tidegate.server.registry;

import java.util.List;

/** What an artifact's graph takes and gives, whatever the signature says. */
public record Graph(List<TensorSpec> inputs, List<TensorSpec> outputs) {
    public Graph {
        inputs = List.copyOf(inputs);
        outputs = List.copyOf(outputs);
    }

    /** Returns it with what the signature says in place of tensors that it says nothing of. */
    Graph or(ModelSignature signature) {
        return new Graph(
                inputs.isEmpty() ? signature.inputs() : inputs,
                outputs.isEmpty() ? signature.outputs() : outputs);
    }
}
