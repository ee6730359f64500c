package dev.tidegate.server.benchmark.inference;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.AttributeProto.AttributeType;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.OperatorSetIdProto;
import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import ai.onnx.proto.OnnxMl.TensorShapeProto;
import ai.onnx.proto.OnnxMl.TypeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import com.google.protobuf.ByteString;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/** The one model of the benchmark: full binary trees with random splits, as ONNX. */
final class TreeGraph {
    static final int TREES = 200;
    static final int DEPTH = 6;
    static final int COLUMNS = 20;
    static final String INPUT = "x";
    static final String OUTPUT = "score";

    private final RandomGenerator random;
    private final List<Long> trees = new ArrayList<>();
    private final List<Long> nodes = new ArrayList<>();
    private final List<Long> features = new ArrayList<>();
    private final List<Float> thresholds = new ArrayList<>();
    private final List<String> modes = new ArrayList<>();
    private final List<Long> yes = new ArrayList<>();
    private final List<Long> no = new ArrayList<>();
    private final List<Long> leafTrees = new ArrayList<>();
    private final List<Long> leafNodes = new ArrayList<>();
    private final List<Float> leafValues = new ArrayList<>();

    TreeGraph(RandomGenerator random) {
        this.random = random;
    }

    /** Returns the file's content. */
    byte[] bytes() {
        for (long tree = 0; tree < TREES; tree++) {
            grow(tree);
        }
        return ModelProto.newBuilder()
                .setIrVersion(8)
                .addOpsetImport(OperatorSetIdProto.newBuilder().setDomain("").setVersion(15))
                .addOpsetImport(
                        OperatorSetIdProto.newBuilder().setDomain("ai.onnx.ml").setVersion(3))
                .setGraph(
                        GraphProto.newBuilder()
                                .setName("trees")
                                .addInput(value(INPUT, COLUMNS))
                                .addOutput(value(OUTPUT, 1))
                                .addNode(ensemble()))
                .build()
                .toByteArray();
    }

    private void grow(long tree) {
        int inner = (1 << DEPTH) - 1;
        for (int node = 0; node < 2 * inner + 1; node++) {
            boolean leaf = node >= inner;
            trees.add(tree);
            nodes.add((long) node);
            features.add(leaf ? 0L : random.nextInt(COLUMNS));
            thresholds.add(leaf ? 0f : random.nextFloat());
            modes.add(leaf ? "LEAF" : "BRANCH_LEQ");
            yes.add(leaf ? 0L : 2L * node + 1);
            no.add(leaf ? 0L : 2L * node + 2);
            if (leaf) {
                leafTrees.add(tree);
                leafNodes.add((long) node);
                leafValues.add((float) random.nextGaussian() / TREES);
            }
        }
    }

    private NodeProto ensemble() {
        return NodeProto.newBuilder()
                .setName("ensemble")
                .setDomain("ai.onnx.ml")
                .setOpType("TreeEnsembleRegressor")
                .addInput(INPUT)
                .addOutput(OUTPUT)
                .addAttribute(longs("n_targets", List.of()).setType(AttributeType.INT).setI(1))
                .addAttribute(longs("nodes_treeids", trees))
                .addAttribute(longs("nodes_nodeids", nodes))
                .addAttribute(longs("nodes_featureids", features))
                .addAttribute(floats("nodes_values", thresholds))
                .addAttribute(texts("nodes_modes", modes))
                .addAttribute(longs("nodes_truenodeids", yes))
                .addAttribute(longs("nodes_falsenodeids", no))
                .addAttribute(longs("target_treeids", leafTrees))
                .addAttribute(longs("target_nodeids", leafNodes))
                .addAttribute(longs("target_ids", leafNodes.stream().map(leaf -> 0L).toList()))
                .addAttribute(floats("target_weights", leafValues))
                .build();
    }

    private static AttributeProto.Builder longs(String name, List<Long> values) {
        return AttributeProto.newBuilder()
                .setName(name)
                .setType(AttributeType.INTS)
                .addAllInts(values);
    }

    private static AttributeProto.Builder floats(String name, List<Float> values) {
        return AttributeProto.newBuilder()
                .setName(name)
                .setType(AttributeType.FLOATS)
                .addAllFloats(values);
    }

    private static AttributeProto.Builder texts(String name, List<String> values) {
        return AttributeProto.newBuilder()
                .setName(name)
                .setType(AttributeType.STRINGS)
                .addAllStrings(values.stream().map(ByteString::copyFromUtf8).toList());
    }

    private static ValueInfoProto value(String name, int columns) {
        return ValueInfoProto.newBuilder()
                .setName(name)
                .setType(
                        TypeProto.newBuilder()
                                .setTensorType(
                                        TypeProto.Tensor.newBuilder()
                                                .setElemType(DataType.FLOAT.getNumber())
                                                .setShape(
                                                        TensorShapeProto.newBuilder()
                                                                .addDim(
                                                                        TensorShapeProto.Dimension
                                                                                .newBuilder()
                                                                                .setDimParam(
                                                                                        "rows"))
                                                                .addDim(
                                                                        TensorShapeProto.Dimension
                                                                                .newBuilder()
                                                                                .setDimValue(
                                                                                        columns)))))
                .build();
    }
}
