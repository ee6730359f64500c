package dev.tidegate.server.inference.onnx;

import dev.tidegate.server.registry.Graph;
import dev.tidegate.server.registry.GraphReader;
import jakarta.inject.Singleton;
import java.nio.file.Path;

/** Artifacts are ONNX files. */
@Singleton
final class OnnxGraphReader implements GraphReader {
    private final OnnxRuntime runtime;

    OnnxGraphReader(OnnxRuntime runtime) {
        this.runtime = runtime;
    }

    @Override
    public Graph read(String name, Path artifact) {
        OnnxGraph graph = runtime.inspect(name, artifact);
        return new Graph(graph.inputs(), graph.outputs());
    }
}
