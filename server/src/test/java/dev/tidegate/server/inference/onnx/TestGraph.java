package dev.tidegate.server.inference.onnx;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.OperatorSetIdProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import ai.onnx.proto.OnnxMl.TensorShapeProto;
import ai.onnx.proto.OnnxMl.TypeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Tiny ONNX graphs for tests; a dimension is a number, or a name for a free one. */
public final class TestGraph {
    private TestGraph() {}

    /** y = x. */
    public static byte[] identity(DataType type, Object... shape) {
        return model(
                GraphProto.newBuilder()
                        .addInput(value("x", type, shape))
                        .addOutput(value("y", type, shape))
                        .addNode(node("Identity", List.of("x"), "y")));
    }

    /** sum = a + b, rows of FP32. */
    public static byte[] add(int width) {
        return model(
                GraphProto.newBuilder()
                        .addInput(value("a", DataType.FLOAT, "N", width))
                        .addInput(value("b", DataType.FLOAT, "N", width))
                        .addOutput(value("sum", DataType.FLOAT, "N", width))
                        .addNode(node("Add", List.of("a", "b"), "sum")));
    }

    /** y = x + constant, one FP32 a row: versions that can be told apart. */
    public static byte[] plus(float constant) {
        return model(
                GraphProto.newBuilder()
                        .addInput(value("x", DataType.FLOAT, "N", 1))
                        .addOutput(value("y", DataType.FLOAT, "N", 1))
                        .addInitializer(
                                TensorProto.newBuilder()
                                        .setName("c")
                                        .setDataType(DataType.FLOAT.getNumber())
                                        .addDims(1)
                                        .addFloatData(constant))
                        .addNode(node("Add", List.of("x", "c"), "y")));
    }

    /** Like {@link #plus}, but fails where x is not 0, 1 or 2. */
    public static byte[] plusThatFailsFromThree(float constant) {
        return model(
                GraphProto.newBuilder()
                        .addInput(value("x", DataType.FLOAT, "N", 1))
                        .addOutput(value("y", DataType.FLOAT, "N", 1))
                        .addInitializer(
                                TensorProto.newBuilder()
                                        .setName("table")
                                        .setDataType(DataType.FLOAT.getNumber())
                                        .addDims(3)
                                        .addFloatData(constant)
                                        .addFloatData(constant + 1)
                                        .addFloatData(constant + 2))
                        .addNode(cast("x", DataType.INT64, "i"))
                        .addNode(node("Gather", List.of("table", "i"), "y")));
    }

    /** y = x less the mean of all rows: who else is in the batch changes the answer. */
    public static byte[] lessTheMeanOfAllRows() {
        return model(
                GraphProto.newBuilder()
                        .addInput(value("x", DataType.FLOAT, "N", 1))
                        .addOutput(value("y", DataType.FLOAT, "N", 1))
                        .addNode(node("ReduceMean", List.of("x"), "mean"))
                        .addNode(node("Sub", List.of("x", "mean"), "y")));
    }

    /**
     * y = x less the mean of all rows' values on one side of a limit: rows mix there only.
     *
     * @param side Min for values below the limit, Max for those above it
     */
    public static byte[] lessTheMeanBeyond(DataType type, String side, float limit) {
        return model(
                GraphProto.newBuilder()
                        .addInput(value("x", type, "N", 1))
                        .addOutput(value("y", DataType.FLOAT, "N", 1))
                        .addInitializer(scalar("limit", limit))
                        .addNode(cast("x", DataType.FLOAT, "f"))
                        .addNode(node(side, List.of("f", "limit"), "beyond"))
                        .addNode(node("ReduceMean", List.of("beyond"), "mean"))
                        .addNode(node("Sub", List.of("f", "mean"), "y")));
    }

    /** y = 0 for every row. */
    public static byte[] timesZero() {
        return model(
                GraphProto.newBuilder()
                        .addInput(value("x", DataType.FLOAT, "N", 1))
                        .addOutput(value("y", DataType.FLOAT, "N", 1))
                        .addInitializer(scalar("zero", 0))
                        .addNode(node("Mul", List.of("x", "zero"), "y")));
    }

    /** y = x + 0, after as many turns of a loop as x says. */
    public static byte[] plusThatTakesItsTime() {
        GraphProto body =
                GraphProto.newBuilder()
                        .setName("body")
                        .addInput(value("i", DataType.INT64))
                        .addInput(value("again", DataType.BOOL))
                        .addInput(value("s", DataType.FLOAT))
                        .addOutput(value("more", DataType.BOOL))
                        .addOutput(value("t", DataType.FLOAT))
                        .addNode(node("Identity", List.of("again"), "more"))
                        .addNode(node("Add", List.of("s", "one"), "t"))
                        .build();
        return model(
                GraphProto.newBuilder()
                        .addInput(value("x", DataType.FLOAT, "N", 1))
                        .addOutput(value("y", DataType.FLOAT, "N", 1))
                        .addInitializer(scalar("zero", 0))
                        .addInitializer(scalar("one", 1))
                        .addNode(
                                node("ReduceMax", List.of("x"), "m").toBuilder()
                                        .addAttribute(flag("keepdims", 0)))
                        .addNode(cast("m", DataType.INT64, "n"))
                        .addNode(
                                node("Loop", List.of("n", "", "zero"), "turns").toBuilder()
                                        .addAttribute(
                                                AttributeProto.newBuilder()
                                                        .setName("body")
                                                        .setType(AttributeProto.AttributeType.GRAPH)
                                                        .setG(body)))
                        .addNode(node("Mul", List.of("turns", "zero"), "nothing"))
                        .addNode(node("Add", List.of("x", "nothing"), "y")));
    }

    /** Places of the elements of x that are not 0: a shape that depends on values. */
    public static byte[] nonZero() {
        return model(
                GraphProto.newBuilder()
                        .addInput(value("x", DataType.FLOAT, "N"))
                        .addOutput(value("y", DataType.INT64, 1, "K"))
                        .addNode(node("NonZero", List.of("x"), "y")));
    }

    /** Like {@link #nonZero}, but the graph says how many there are, right or wrong. */
    public static byte[] nonZeroSaidToBe(int places) {
        return model(
                GraphProto.newBuilder()
                        .addInput(value("x", DataType.FLOAT, "N"))
                        .addOutput(value("y", DataType.INT64, 1, places))
                        .addNode(node("NonZero", List.of("x"), "y")));
    }

    /** y = 7, a scalar from nothing. */
    public static byte[] constant() {
        return model(
                GraphProto.newBuilder()
                        .addOutput(value("y", DataType.FLOAT))
                        .addInitializer(scalar("seven", 7))
                        .addNode(node("Identity", List.of("seven"), "y")));
    }

    /** Numbers of two columns and a category pass through. */
    public static byte[] tabular() {
        return model(
                GraphProto.newBuilder()
                        .addInput(value("numbers", DataType.FLOAT, "N", 2))
                        .addInput(value("contract", DataType.STRING, "N", 1))
                        .addOutput(value("same", DataType.FLOAT, "N", 2))
                        .addOutput(value("kind", DataType.STRING, "N", 1))
                        .addNode(node("Identity", List.of("numbers"), "same"))
                        .addNode(node("Identity", List.of("contract"), "kind")));
    }

    /** A graph with an operator that nobody knows. */
    public static byte[] unknownOperator() {
        return model(
                GraphProto.newBuilder()
                        .addInput(value("x", DataType.FLOAT, "N", 1))
                        .addOutput(value("y", DataType.FLOAT, "N", 1))
                        .addNode(node("Frobnicate", List.of("x"), "y")));
    }

    public static Path write(Path file, byte[] model) {
        try {
            return Files.write(file, model);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static byte[] model(GraphProto.Builder graph) {
        return ModelProto.newBuilder()
                .setIrVersion(8)
                .addOpsetImport(OperatorSetIdProto.newBuilder().setDomain("").setVersion(15))
                .setGraph(graph.setName("graph"))
                .build()
                .toByteArray();
    }

    private static NodeProto node(String operator, List<String> inputs, String output) {
        return NodeProto.newBuilder()
                .setName(output)
                .setOpType(operator)
                .addAllInput(inputs)
                .addOutput(output)
                .build();
    }

    private static NodeProto cast(String input, DataType type, String output) {
        return node("Cast", List.of(input), output).toBuilder()
                .addAttribute(flag("to", type.getNumber()))
                .build();
    }

    private static AttributeProto flag(String name, long value) {
        return AttributeProto.newBuilder()
                .setName(name)
                .setType(AttributeProto.AttributeType.INT)
                .setI(value)
                .build();
    }

    private static TensorProto scalar(String name, float value) {
        return TensorProto.newBuilder()
                .setName(name)
                .setDataType(DataType.FLOAT.getNumber())
                .addFloatData(value)
                .build();
    }

    private static ValueInfoProto value(String name, DataType type, Object... shape) {
        TensorShapeProto.Builder dimensions = TensorShapeProto.newBuilder();
        for (Object dimension : shape) {
            dimensions.addDim(
                    switch (dimension) {
                        case String free ->
                                TensorShapeProto.Dimension.newBuilder().setDimParam(free);
                        case Integer size ->
                                TensorShapeProto.Dimension.newBuilder().setDimValue(size);
                        default -> throw new IllegalArgumentException("dimension " + dimension);
                    });
        }
        return ValueInfoProto.newBuilder()
                .setName(name)
                .setType(
                        TypeProto.newBuilder()
                                .setTensorType(
                                        TypeProto.Tensor.newBuilder()
                                                .setElemType(type.getNumber())
                                                .setShape(dimensions)))
                .build();
    }
}
