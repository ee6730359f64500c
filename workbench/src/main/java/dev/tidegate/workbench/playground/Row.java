package dev.tidegate.workbench.playground;

import dev.tidegate.workbench.tensor.Tensor;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** One row of named values as they were typed in, and the tensors that carry it. */
record Row(Signature signature, Map<String, String> values) {
    Row {
        values = Map.copyOf(values);
    }

    /**
     * What is wrong before anything is sent: values that the data type cannot hold, and missing
     * ones.
     */
    List<FieldProblem> problems() {
        return signature.columns().stream().flatMap(column -> problem(column).stream()).toList();
    }

    private Optional<FieldProblem> problem(Signature.Column column) {
        if (column.isWhole()) {
            return problemOfWhole(column);
        }
        String value = value(column);
        if (value.isEmpty()) {
            return column.nullable() || column.allowed().contains("")
                    ? Optional.empty()
                    : Optional.of(new FieldProblem(column.name(), "A value is needed"));
        }
        String datatype = input(column).datatype();
        ElementType type = ElementType.of(datatype);
        return type.accepts(value)
                ? Optional.empty()
                : Optional.of(new FieldProblem(column.name(), type.problem(datatype, value)));
    }

    private Optional<FieldProblem> problemOfWhole(Signature.Column column) {
        return whole(column).problem().map(words -> new FieldProblem(column.name(), words));
    }

    private WholeTensor whole(Signature.Column column) {
        return WholeTensor.of(input(column), column.nullable(), value(column));
    }

    private Signature.TensorSpec input(Signature.Column column) {
        return signature
                .input(column.input())
                .orElseGet(
                        () -> new Signature.TensorSpec(column.input(), "BYTES", List.of(-1L, 1L)));
    }

    private String value(Signature.Column column) {
        return values.getOrDefault(column.name(), "").strip();
    }

    /**
     * The row as tensors of one row each; a missing value is NaN where the type has it, else an
     * empty string.
     */
    List<Tensor> tensors() {
        return signature.inputs().stream().map(this::tensor).toList();
    }

    private Tensor tensor(Signature.TensorSpec input) {
        List<Signature.Column> columns =
                signature.columns().stream()
                        .filter(column -> column.input().equals(input.name()))
                        .sorted(Comparator.comparingInt(Signature.Column::index))
                        .toList();
        if (columns.size() == 1 && columns.getFirst().isWhole()) {
            WholeTensor whole = whole(columns.getFirst());
            return new Tensor(input.name(), input.datatype(), whole.shape(), whole.values());
        }
        List<String> elements = columns.stream().map(column -> element(input, column)).toList();
        return new Tensor(input.name(), input.datatype(), shape(input, elements.size()), elements);
    }

    private String element(Signature.TensorSpec input, Signature.Column column) {
        String value = value(column);
        return value.isEmpty() ? ElementType.of(input.datatype()).missing() : value;
    }

    /** The free first dimension is the one row; other free ones take what is there. */
    private static List<Long> shape(Signature.TensorSpec input, int elements) {
        List<Long> shape = new ArrayList<>();
        for (int axis = 0; axis < input.shape().size(); axis++) {
            long size = input.shape().get(axis);
            shape.add(size >= 0 ? size : axis == 0 ? 1L : elements);
        }
        return shape;
    }

    /**
     * The first row of logged tensors as values of the signature's columns, whole tensors whole;
     * what is not there is left out.
     */
    static Map<String, String> valuesOf(Signature signature, List<Tensor> tensors) {
        Map<String, String> values = new LinkedHashMap<>();
        for (Signature.Column column : signature.columns()) {
            tensors.stream()
                    .filter(tensor -> tensor.name().equals(column.input()))
                    .findFirst()
                    .flatMap(tensor -> valueOf(column, tensor.values()))
                    .ifPresent(value -> values.put(column.name(), value));
        }
        return values;
    }

    private static Optional<String> valueOf(Signature.Column column, List<String> elements) {
        if (column.isWhole()) {
            return Optional.of(WholeTensor.text(elements));
        }
        return elements.stream()
                .skip(column.index())
                .findFirst()
                .map(value -> value.equals("NaN") ? "" : value);
    }
}
