package dev.tidegate.server.retraining.onnx;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.OperatorSetIdProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorShapeProto;
import ai.onnx.proto.OnnxMl.TypeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import com.google.protobuf.ByteString;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/**
 * Builds one ONNX graph. Every method that adds a node or a constant returns the name of the tensor
 * that it makes.
 *
 * <p>Tensors made here are called after their node, {@code /<number>/<operator>}, so that they
 * never meet the names of inputs and outputs.
 */
public final class GraphBuilder {

    /** The intermediate representation of ONNX 1.10, which every ONNX Runtime since 1.10 reads. */
    private static final long IR_VERSION = 8;

    private static final long OPSET = 15;
    private static final long ML_OPSET = 3;
    private static final String ML_DOMAIN = "ai.onnx.ml";

    private final GraphProto.Builder graph;

    public GraphBuilder(String name) {
        this.graph = GraphProto.newBuilder().setName(name);
    }

    /** Adds an input of shape [-1, 1] of single-precision numbers. */
    public String numberInput(String name) {
        graph.addInput(column(name, TensorProto.DataType.FLOAT));
        return name;
    }

    /** Adds an input of shape [-1, 1] of strings. */
    public String textInput(String name) {
        graph.addInput(column(name, TensorProto.DataType.STRING));
        return name;
    }

    /** Names a tensor of numbers of shape [-1, 1] as an output. */
    public void numberOutput(String name, String tensor) {
        output(name, tensor, TensorProto.DataType.FLOAT);
    }

    /** Names a tensor of strings of shape [-1, 1] as an output. */
    public void textOutput(String name, String tensor) {
        output(name, tensor, TensorProto.DataType.STRING);
    }

    /** Adds a constant of single-precision numbers, row by row. */
    public String constant(float[] values, long... shape) {
        TensorProto.Builder tensor = tensor(TensorProto.DataType.FLOAT, shape);
        for (float value : values) {
            tensor.addFloatData(value);
        }
        return initializer(tensor);
    }

    /** Adds a constant list of whole numbers. */
    public String constant(long... values) {
        TensorProto.Builder tensor = tensor(TensorProto.DataType.INT64, values.length);
        for (long value : values) {
            tensor.addInt64Data(value);
        }
        return initializer(tensor);
    }

    /** Adds a constant of one string. */
    public String constant(String text) {
        return initializer(
                tensor(TensorProto.DataType.STRING, 1)
                        .addStringData(ByteString.copyFrom(text, StandardCharsets.UTF_8)));
    }

    /** Adds a node of the standard operator set. */
    public String node(String operator, List<String> inputs, Map<String, ?> attributes) {
        return node("", operator, inputs, attributes);
    }

    /** Adds a node of the operator set {@code ai.onnx.ml}. */
    public String mlNode(String operator, List<String> inputs, Map<String, ?> attributes) {
        return node(ML_DOMAIN, operator, inputs, attributes);
    }

    /** Returns the finished model as a file's bytes. */
    public byte[] build(String producer) {
        return ModelProto.newBuilder()
                .setIrVersion(IR_VERSION)
                .setProducerName(producer)
                .setGraph(graph)
                .addOpsetImport(OperatorSetIdProto.newBuilder().setVersion(OPSET))
                .addOpsetImport(
                        OperatorSetIdProto.newBuilder().setDomain(ML_DOMAIN).setVersion(ML_OPSET))
                .build()
                .toByteArray();
    }

    private String node(
            String domain, String operator, List<String> inputs, Map<String, ?> attributes) {
        String name = "/%d/%s".formatted(graph.getNodeCount(), operator);
        NodeProto.Builder node =
                NodeProto.newBuilder()
                        .setDomain(domain)
                        .setOpType(operator)
                        .setName(name)
                        .addAllInput(inputs)
                        .addOutput(name);
        attributes.entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .map(entry -> GraphAttribute.of(entry.getKey(), entry.getValue()))
                .forEach(node::addAttribute);
        graph.addNode(node);
        return name;
    }

    private void output(String name, String tensor, TensorProto.DataType type) {
        graph.addNode(
                NodeProto.newBuilder()
                        .setOpType("Identity")
                        .setName("/output/" + name)
                        .addInput(tensor)
                        .addOutput(name));
        graph.addOutput(column(name, type));
    }

    private String initializer(TensorProto.Builder tensor) {
        String name = "/constant/%d".formatted(graph.getInitializerCount());
        graph.addInitializer(tensor.setName(name));
        return name;
    }

    private static TensorProto.Builder tensor(TensorProto.DataType type, long... shape) {
        TensorProto.Builder tensor = TensorProto.newBuilder().setDataType(type.getNumber());
        for (long dimension : shape) {
            tensor.addDims(dimension);
        }
        return tensor;
    }

    private static ValueInfoProto column(String name, TensorProto.DataType type) {
        TensorShapeProto.Builder shape =
                TensorShapeProto.newBuilder()
                        .addDim(TensorShapeProto.Dimension.newBuilder().setDimParam("rows"))
                        .addDim(TensorShapeProto.Dimension.newBuilder().setDimValue(1));
        return ValueInfoProto.newBuilder()
                .setName(name)
                .setType(
                        TypeProto.newBuilder()
                                .setTensorType(
                                        TypeProto.Tensor.newBuilder()
                                                .setElemType(type.getNumber())
                                                .setShape(shape)))
                .build();
    }
}
