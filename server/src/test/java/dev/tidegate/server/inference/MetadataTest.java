package dev.tidegate.server.inference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tidegate.proto.inference.ModelMetadataRequest;
import dev.tidegate.proto.inference.ModelMetadataResponse;
import dev.tidegate.proto.inference.ModelReadyRequest;
import dev.tidegate.proto.inference.ServerLiveRequest;
import dev.tidegate.proto.inference.ServerMetadataRequest;
import dev.tidegate.proto.inference.ServerReadyRequest;
import dev.tidegate.server.inference.onnx.TestGraph;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class MetadataTest {
    @TempDir private Path home;
    private InferenceServer server;

    @BeforeEach
    void start() {
        server = InferenceServer.start(home, Map.of());
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void isLiveAndReadyAndSaysWhatItIs() {
        assertThat(server.stub().serverLive(ServerLiveRequest.getDefaultInstance()).getLive())
                .isTrue();
        assertThat(server.stub().serverReady(ServerReadyRequest.getDefaultInstance()).getReady())
                .isTrue();
        var metadata = server.stub().serverMetadata(ServerMetadataRequest.getDefaultInstance());
        assertThat(metadata.getName()).isEqualTo("tidegate");
        assertThat(metadata.getVersion()).isNotEmpty();
    }

    @Test
    void describesTheChampionAndEachVersion() {
        server.champion(server.register("m", "1", TestGraph.add(3)));
        server.register("m", "2", TestGraph.add(3));
        ModelMetadataResponse champion = metadata("m", "");
        assertThat(champion.getVersionsList()).containsExactly("1", "2");
        assertThat(champion.getPlatform()).isEqualTo("onnx_onnxv1");
        assertThat(champion.getInputsList())
                .extracting(input -> input.getName() + input.getDatatype() + input.getShapeList())
                .containsExactly("aFP32[-1, 3]", "bFP32[-1, 3]");
        assertThat(champion.getOutputs(0).getName()).isEqualTo("sum");
        assertThat(champion.getPropertiesOrThrow("tidegate_columns")).isEqualTo("a,b");
        assertThat(champion.getPropertiesOrThrow("tidegate_version")).isEqualTo("1");
        assertThat(metadata("m", "2").getPropertiesOrThrow("tidegate_version")).isEqualTo("2");
    }

    @Test
    void saysWhichVersionsAreReady() {
        server.champion(server.register("m", "1", TestGraph.plus(1)));
        server.register("m", "2", TestGraph.plus(2));
        server.register("idle", "1", TestGraph.plus(1));
        assertThat(isReady("m", "")).isTrue();
        assertThat(isReady("m", "1")).isTrue();
        assertThat(isReady("m", "2")).isFalse();
        assertThat(isReady("idle", "")).isFalse();
        assertThatThrownBy(() -> isReady("none", "")).hasMessageContaining("NOT_FOUND");
        assertThatThrownBy(() -> metadata("m", "3")).hasMessageContaining("known: 2, 1");
    }

    private ModelMetadataResponse metadata(String model, String version) {
        return server.stub()
                .modelMetadata(
                        ModelMetadataRequest.newBuilder()
                                .setName(model)
                                .setVersion(version)
                                .build());
    }

    private boolean isReady(String model, String version) {
        return server.stub()
                .modelReady(
                        ModelReadyRequest.newBuilder().setName(model).setVersion(version).build())
                .getReady();
    }
}
