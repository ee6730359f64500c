package dev.tidegate.workbench.playground;

import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/** What a version takes and gives: named columns, and the tensors that carry them. */
public record Signature(List<Column> columns, List<TensorSpec> inputs, List<TensorSpec> outputs) {
    /**
     * One named feature.
     *
     * @param kind number, category, boolean or tensor
     * @param input name of the tensor that carries it
     * @param index its place along the tensor's last axis
     * @param allowed the categories that are accepted; any when empty
     */
    public record Column(
            String name,
            String kind,
            String input,
            int index,
            boolean nullable,
            List<String> allowed,
            OptionalDouble minimum,
            OptionalDouble maximum) {
        public Column {
            allowed = List.copyOf(allowed);
        }

        /** Whether it is a whole tensor and not one element of it, as in models without columns. */
        boolean isWhole() {
            return kind.equals("tensor");
        }
    }

    /** A tensor; -1 is a free dimension. */
    public record TensorSpec(String name, String datatype, List<Long> shape) {
        public TensorSpec {
            shape = List.copyOf(shape);
        }
    }

    public Signature {
        columns = List.copyOf(columns);
        inputs = List.copyOf(inputs);
        outputs = List.copyOf(outputs);
    }

    Optional<TensorSpec> input(String name) {
        return inputs.stream().filter(input -> input.name().equals(name)).findFirst();
    }
}
