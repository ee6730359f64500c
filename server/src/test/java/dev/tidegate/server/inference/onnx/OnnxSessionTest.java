package dev.tidegate.server.inference.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.onnx.proto.OnnxMl;
import dev.tidegate.server.inference.Interruption;
import dev.tidegate.server.inference.NumericTensor;
import dev.tidegate.server.inference.StringTensor;
import dev.tidegate.server.inference.Tensor;
import dev.tidegate.server.platform.error.ErrorCode;
import dev.tidegate.server.platform.error.TidegateException;
import dev.tidegate.server.registry.DataType;
import dev.tidegate.server.registry.ModelSignature;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class OnnxSessionTest {
    private static final int[] FIRST = {0};

    @TempDir private Path directory;

    private final OnnxRuntime runtime = new OnnxRuntime(new OnnxConfig(1, 1 << 20));

    @Test
    void answersEachShapeThatComes() {
        try (OnnxSession session = open(TestGraph.add(2))) {
            for (int round = 0; round < 4; round++) {
                assertThat(floats(run(session, matrix(1, 2, 1, 2), matrix(1, 2, 10, 20))))
                        .containsExactly(11, 22);
                assertThat(floats(run(session, matrix(2, 2, 1, 2, 3, 4), matrix(2, 2, 1, 1, 1, 1))))
                        .containsExactly(2, 3, 4, 5);
                assertThat(floats(run(session, matrix(2, 2, 5, 6, 7, 8), matrix(2, 2, 0, 0, 0, 0))))
                        .containsExactly(5, 6, 7, 8);
            }
        }
    }

    @Test
    void answersWhereTheShapeDependsOnTheValues() {
        try (OnnxSession session = open(TestGraph.nonZero())) {
            assertThat(run(session, vector(1, 0, 2)).shape()).containsExactly(1, 2);
            assertThat(run(session, vector(4, 0, 2)).shape()).containsExactly(1, 2);
            assertThat(run(session, vector(1, 3, 2)).shape()).containsExactly(1, 3);
            assertThat(run(session, vector(0, 0, 2)).shape()).containsExactly(1, 1);
        }
    }

    /** The graph says that y is [1, 3]; the runtime goes by the values all the same. */
    @Test
    void answersWhereTheShapeIsNotTheOneThatTheGraphSays() {
        try (OnnxSession session = open(TestGraph.nonZeroSaidToBe(3))) {
            assertThat(run(session, vector(1, 0, 2)).shape()).containsExactly(1, 2);
            assertThat(run(session, vector(1, 3, 2)).shape()).containsExactly(1, 3);
            assertThat(run(session, vector(0, 0, 2)).shape()).containsExactly(1, 1);
        }
    }

    @Test
    void passesStringsOfEveryAlphabet() {
        try (OnnxSession session =
                open(TestGraph.identity(OnnxMl.TensorProto.DataType.STRING, "N", 2))) {
            String[] values = {"", "é", "日本", "😀 gate", "a\u0000b", "plain"};
            for (int round = 0; round < 3; round++) {
                Tensor output = run(session, new StringTensor(new long[] {3, 2}, values));
                assertThat(((StringTensor) output).values()).containsExactly(values);
                assertThat(output.shape()).containsExactly(3, 2);
            }
        }
    }

    @ParameterizedTest
    @CsvSource({
        "FLOAT,FP32,4",
        "DOUBLE,FP64,8",
        "INT64,INT64,8",
        "INT32,INT32,4",
        "INT16,INT16,2",
        "INT8,INT8,1",
        "UINT8,UINT8,1",
        "UINT16,UINT16,2",
        "UINT32,UINT32,4",
        "UINT64,UINT64,8",
        "BOOL,BOOL,1",
        "FLOAT16,FP16,2",
        "BFLOAT16,BF16,2"
    })
    void keepsTheBytesOfEveryElementType(
            OnnxMl.TensorProto.DataType graphType, DataType datatype, int size) {
        try (OnnxSession session = open(TestGraph.identity(graphType, "N", 3))) {
            byte[] values = new byte[3 * size];
            IntStream.range(0, values.length).forEach(i -> values[i] = (byte) (i % 2));
            for (int round = 0; round < 3; round++) {
                Tensor output =
                        run(
                                session,
                                new NumericTensor(
                                        datatype, new long[] {1, 3}, ByteBuffer.wrap(values)));
                assertThat(output.datatype()).isEqualTo(datatype);
                assertThat(((NumericTensor) output).bytes()).isEqualTo(ByteBuffer.wrap(values));
            }
        }
    }

    @Test
    void survivesARunThatFails() {
        try (OnnxSession session = open(TestGraph.plusThatFailsFromThree(10))) {
            for (int round = 0; round < 3; round++) {
                assertThat(floats(run(session, matrix(1, 1, 2)))).containsExactly(12);
                assertThatThrownBy(() -> run(session, matrix(1, 1, 7)))
                        .isInstanceOfSatisfying(
                                TidegateException.class,
                                e -> assertThat(e.code()).isEqualTo(ErrorCode.INTERNAL))
                        .hasMessageContaining("Gather");
            }
        }
    }

    @Test
    void keepsNoScratchThatIsTooLarge() {
        OnnxRuntime small = new OnnxRuntime(new OnnxConfig(1, 0));
        byte[] model = TestGraph.add(2);
        Path file = TestGraph.write(directory.resolve("model.onnx"), model);
        try (OnnxSession session = small.open("m:1", file, signature(small.inspect("m:1", file)))) {
            assertThat(floats(run(session, matrix(1, 2, 1, 2), matrix(1, 2, 3, 4))))
                    .containsExactly(4, 6);
            assertThat(floats(run(session, matrix(1, 2, 1, 2), matrix(1, 2, 3, 4))))
                    .containsExactly(4, 6);
        }
    }

    @Test
    void keepsRunsOfManyThreadsApart() {
        try (OnnxSession session = open(TestGraph.plus(1))) {
            List<CompletableFuture<Boolean>> threads =
                    IntStream.range(0, 16)
                            .mapToObj(
                                    thread ->
                                            CompletableFuture.supplyAsync(
                                                    () ->
                                                            IntStream.range(0, 2_000)
                                                                    .allMatch(
                                                                            i -> {
                                                                                float x =
                                                                                        thread
                                                                                                        * 10_000
                                                                                                + i;
                                                                                return floats(
                                                                                                run(
                                                                                                        session,
                                                                                                        matrix(
                                                                                                                1,
                                                                                                                1,
                                                                                                                x)))[
                                                                                                0]
                                                                                        == x + 1;
                                                                            }),
                                                    task -> Thread.ofPlatform().start(task)))
                            .toList();
            assertThat(threads).allMatch(CompletableFuture::join);
        }
    }

    @Test
    void endsARunThatIsInterrupted() {
        try (OnnxSession session = open(TestGraph.plusThatTakesItsTime())) {
            Interruption interruption = new Interruption();
            CompletableFuture<Tensor[]> run =
                    CompletableFuture.supplyAsync(
                            () ->
                                    session.run(
                                            new Tensor[] {matrix(1, 1, 1e9f)}, FIRST, interruption),
                            task -> Thread.ofPlatform().start(task));
            interruption.interrupt();
            assertThatThrownBy(run::join).hasRootCauseInstanceOf(ai.onnxruntime.OrtException.class);
            assertThat(floats(run(session, matrix(1, 1, 3)))).containsExactly(3);
        }
    }

    @Test
    void namesTheOperatorThatIsUnknown() {
        Path file = TestGraph.write(directory.resolve("odd.onnx"), TestGraph.unknownOperator());
        assertThatThrownBy(() -> runtime.inspect("odd.onnx", file))
                .isInstanceOf(TidegateException.class)
                .hasMessageContaining("'odd.onnx'")
                .hasMessageContaining("Frobnicate");
    }

    @Test
    void refusesAFileThatIsNoGraph() {
        Path file = TestGraph.write(directory.resolve("broken.onnx"), new byte[] {1, 2, 3});
        assertThatThrownBy(() -> runtime.inspect("broken.onnx", file))
                .isInstanceOf(TidegateException.class)
                .hasMessageContaining("'broken.onnx'")
                .hasMessageContaining("parsing failed");
    }

    private OnnxSession open(byte[] model) {
        Path file = TestGraph.write(directory.resolve("model.onnx"), model);
        return runtime.open("m:1", file, signature(runtime.inspect("m:1", file)));
    }

    private static ModelSignature signature(OnnxGraph graph) {
        return new ModelSignature(List.of(), graph.inputs(), graph.outputs());
    }

    private static Tensor run(OnnxSession session, Tensor... inputs) {
        return session.run(inputs, FIRST, null)[0];
    }

    private static Tensor matrix(int rows, int columns, float... values) {
        return tensor(new long[] {rows, columns}, values);
    }

    private static Tensor vector(float... values) {
        return tensor(new long[] {values.length}, values);
    }

    private static Tensor tensor(long[] shape, float... values) {
        ByteBuffer bytes = ByteBuffer.allocate(values.length * 4).order(ByteOrder.LITTLE_ENDIAN);
        for (float value : values) {
            bytes.putFloat(value);
        }
        return new NumericTensor(DataType.FP32, shape, bytes.flip());
    }

    private static float[] floats(Tensor tensor) {
        ByteBuffer bytes = ((NumericTensor) tensor).bytes();
        float[] values = new float[bytes.limit() / 4];
        for (int i = 0; i < values.length; i++) {
            values[i] = bytes.getFloat(i * 4);
        }
        return values;
    }
}
