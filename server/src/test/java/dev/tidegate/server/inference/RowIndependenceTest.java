package dev.tidegate.server.inference;

import static org.assertj.core.api.Assertions.assertThat;

import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import dev.tidegate.server.inference.onnx.TestGraph;
import dev.tidegate.server.registry.RegisteredVersion;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class RowIndependenceTest {
    @TempDir private Path home;
    private InferenceServer server;

    @BeforeEach
    void start() {
        server = InferenceServer.start(home, Map.of("tidegate.inference.inline-limit", "0ms"));
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void isProvenHoweverSlowTheVersionIs() {
        assertThat(isBatchable(TestGraph.plus(1))).isTrue();
    }

    @Test
    void isNotProvenWhereRowsMix() {
        assertThat(isBatchable(TestGraph.lessTheMeanOfAllRows())).isFalse();
    }

    @Test
    void isNotProvenWhereNegativeValuesMix() {
        assertThat(isBatchable(TestGraph.lessTheMeanBeyond(DataType.FLOAT, "Min", 0))).isFalse();
    }

    @Test
    void isNotProvenWhereLargeValuesMix() {
        assertThat(isBatchable(TestGraph.lessTheMeanBeyond(DataType.FLOAT, "Max", 50))).isFalse();
    }

    @Test
    void isNotProvenWhereIntegersAboveOneMix() {
        assertThat(isBatchable(TestGraph.lessTheMeanBeyond(DataType.INT64, "Max", 1))).isFalse();
    }

    @Test
    void isNotProvenWhereValuesOfTheSignatureMix() {
        String signature =
                """
                {"columns":[{"name":"x","kind":"number","input":"x","index":0,"nullable":false,
                  "minimum":20000,"maximum":30000}],
                 "inputs":[{"name":"x","datatype":"FP32","shape":[-1,1]}],
                 "outputs":[{"name":"y","datatype":"FP32","shape":[-1,1]}]}""";
        byte[] graph = TestGraph.lessTheMeanBeyond(DataType.FLOAT, "Max", 19_999);
        assertThat(isBatchable(graph)).isTrue();
        assertThat(isBatchable(server.register("m", "described", graph, signature))).isFalse();
    }

    @Test
    void isNotProvenWhereEveryRowGetsTheSameAnswer() {
        assertThat(isBatchable(TestGraph.timesZero())).isFalse();
    }

    @Test
    void isProvenBySomeRowsWhereTheGraphFailsOnOthers() {
        assertThat(isBatchable(TestGraph.plusThatFailsFromThree(1))).isTrue();
    }

    private boolean isBatchable(byte[] graph) {
        return isBatchable(server.register("m", "", graph));
    }

    private boolean isBatchable(RegisteredVersion version) {
        LoadedVersions versions = server.context.getBean(LoadedVersions.class);
        versions.load(version);
        LoadedVersion loaded = Objects.requireNonNull(versions.acquire(version.id()));
        try {
            return loaded.isBatchable();
        } finally {
            loaded.release();
        }
    }
}
