package dev.tidegate.server.inference.onnx;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidegate.server.registry.DataType;
import dev.tidegate.server.registry.ModelSignature;
import dev.tidegate.server.registry.TensorSpec;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class NativeMemoryTest {
    @TempDir private Path folder;

    @Test
    void countsWhatIsNotFreed() {
        NativeMemory memory = new NativeMemory();
        MemorySegment one = memory.allocate(1000);
        MemorySegment none = memory.allocate(0);
        assertThat(one.toArray(ValueLayout.JAVA_BYTE)).hasSize(1000).containsOnly(0);
        assertThat(none.byteSize()).isZero();
        assertThat(memory.bytes()).isEqualTo(1000);
        memory.free(one);
        memory.free(none);
        assertThat(memory.bytes()).isZero();
    }

    @Test
    void trimsAfterSessionsWereClosedAndOnlyThen() throws Exception {
        OnnxRuntime runtime = new OnnxRuntime(new OnnxConfig(1, 1 << 20));
        MemoryTrim trim = new MemoryTrim(runtime);
        assertThat(trim.trim()).isFalse();
        OnnxSession session =
                runtime.open(
                        "m",
                        Files.write(folder.resolve("m.onnx"), TestGraph.plus(1)),
                        new ModelSignature(
                                List.of(),
                                List.of(new TensorSpec("x", DataType.FP32, List.of(-1L, 1L))),
                                List.of(new TensorSpec("y", DataType.FP32, List.of(-1L, 1L)))));
        assertThat(runtime.openSessions()).isEqualTo(1);
        assertThat(trim.trim()).isFalse();
        session.close();
        assertThat(runtime.openSessions()).isZero();
        assertThat(trim.trim()).isTrue();
        assertThat(trim.trim()).isFalse();
        trim.close();
    }
}
