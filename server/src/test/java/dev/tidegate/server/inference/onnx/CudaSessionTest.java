package dev.tidegate.server.inference.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtProvider;
import dev.tidegate.server.inference.NumericTensor;
import dev.tidegate.server.inference.Tensor;
import dev.tidegate.server.registry.DataType;
import dev.tidegate.server.registry.ModelSignature;
import dev.tidegate.server.registry.VersionSettings;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs where there is a CUDA device and the build has the profile gpu. */
final class CudaSessionTest {
    @TempDir private Path directory;

    @Test
    void answersAsTheProcessorDoes() {
        OnnxRuntime runtime = new OnnxRuntime(new OnnxConfig(1, 1 << 20));
        String missing = missing();
        if (!missing.isEmpty()) {
            System.out.println("CUDA is not tested here: " + missing);
            Assumptions.abort(missing);
        }
        Path file = TestGraph.write(directory.resolve("model.onnx"), TestGraph.add(2));
        OnnxGraph graph = runtime.inspect("model", file);
        ModelSignature signature = new ModelSignature(List.of(), graph.inputs(), graph.outputs());
        try (OnnxSession gpu = open(runtime, file, signature, "cuda");
                OnnxSession cpu = open(runtime, file, signature, "cpu")) {
            for (int round = 0; round < 3; round++) {
                assertThat(sum(gpu, round)).isEqualTo(sum(cpu, round), within(1e-5f));
            }
        }
    }

    /** Returns what CUDA lacks here, empty when nothing. */
    private static String missing() {
        if (!OrtEnvironment.getAvailableProviders().contains(OrtProvider.CUDA)) {
            return "this build has no CUDA, that of the profile gpu does";
        }
        return Files.exists(Path.of("/dev/nvidia0")) ? "" : "there is no /dev/nvidia0";
    }

    private static OnnxSession open(
            OnnxRuntime runtime, Path file, ModelSignature signature, String provider) {
        return runtime.open(
                "model", file, signature, VersionSettings.of(Map.of("provider", provider)));
    }

    private static float sum(OnnxSession session, float x) {
        Tensor[] row = {matrix(x, 2), matrix(x + 1, 3)};
        return ((NumericTensor) session.run(row, new int[] {0}, null)[0]).bytes().getFloat(0);
    }

    private static Tensor matrix(float... values) {
        ByteBuffer bytes =
                ByteBuffer.allocate(values.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        for (float value : values) {
            bytes.putFloat(value);
        }
        return new NumericTensor(DataType.FP32, new long[] {1, values.length}, bytes.flip());
    }
}
